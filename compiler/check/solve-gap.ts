import { elementBytes, type Field, type Vmsd } from "../describe/index.ts";
import type { Relation, Slot } from "./pair.ts";
import { countsAgree, isOpaqueSlot, isPadding, isStruct, sumBytes } from "./slots.ts";

/** One step of a gap's solution: `from` slots stand against `to` slots in the given relation. */
export interface Step {
  readonly relation: Extract<Relation, "matched" | "renamed" | "padding" | "recut" | "one-sided">;
  readonly from: readonly Slot[];
  readonly to: readonly Slot[];
}

/** Names that each side declares without sending them. */
export interface Declared {
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
}

interface Choice {
  readonly cost: number;
  readonly step: Step | undefined;
  readonly i: number;
  readonly j: number;
}

/** How many neighbours one field may have been cut into or padded over. */
const MAX_RUN = 16;
/** Larger gaps are solved without runs, which would cost MAX_RUN times as much. */
const MAX_CELLS_WITH_RUNS = 10_000;
const MAX_CELLS = 1_000_000;

/**
 * Explains, at least cost, what became of slots without a namesake: renamed in place, padded over, cut differently, or on one side
 * only. What the bytes allow decides; the costs only choose between explanations that all fit.
 */
export function solveGap(from: readonly Slot[], to: readonly Slot[], declared: Declared): Step[] {
  if (from.length * to.length > MAX_CELLS) return [...from.map((slot) => lone([slot], [])), ...to.map((slot) => lone([], [slot]))];
  const runs = from.length * to.length <= MAX_CELLS_WITH_RUNS;
  const width = to.length + 1;
  const table: Choice[] = new Array((from.length + 1) * width);
  const at = (i: number, j: number): Choice => table[i * width + j] as Choice;
  for (let i = from.length; i >= 0; i--) {
    for (let j = to.length; j >= 0; j--) {
      let best: Choice | undefined = i === from.length && j === to.length ? { cost: 0, step: undefined, i, j } : undefined;
      const offer = (cost: number, step: Step): void => {
        const nextI = i + step.from.length;
        const nextJ = j + step.to.length;
        const total = cost + at(nextI, nextJ).cost;
        if (best === undefined || total < best.cost) best = { cost: total, step, i: nextI, j: nextJ };
      };
      const a = from[i];
      const b = to[j];
      if (a !== undefined && b !== undefined) {
        const cost = a.label === b.label || declared.to.has(a.label) || declared.from.has(b.label) ? undefined : renameCost(a, b);
        if (cost !== undefined) offer(cost, { relation: "renamed", from: [a], to: [b] });
        // One name, but not both the same struct: what became of it is for the rules to say.
        if (a.label === b.label && (isStruct(a) || isStruct(b))) offer(1, { relation: "matched", from: [a], to: [b] });
        if (samePadding(a, b)) offer(0, { relation: "matched", from: [a], to: [b] });
        else if (isPadding(a) || isPadding(b)) offer(paddingCost([a], [b]), { relation: "padding", from: [a], to: [b] });
        else if (elementBytes(a.field) !== elementBytes(b.field) && recuts([a], [b])) offer(3, { relation: "recut", from: [a], to: [b] });
        if (runs) {
          for (let run = 2; run <= MAX_RUN; run++) {
            if (i + run <= from.length) offerRun(from.slice(i, i + run), [b], offer);
            if (j + run <= to.length) offerRun([a], to.slice(j, j + run), offer);
          }
        }
      }
      if (a !== undefined) offer(loneCost(a), lone([a], []));
      if (b !== undefined) offer(loneCost(b), lone([], [b]));
      table[i * width + j] = best as unknown as Choice;
    }
  }
  const steps: Step[] = [];
  for (let choice = at(0, 0); choice.step !== undefined; choice = at(choice.i, choice.j)) steps.push(choice.step);
  return steps;
}

const lone = (from: readonly Slot[], to: readonly Slot[]): Step => ({ relation: "one-sided", from, to });

const loneCost = (slot: Slot): number => (slot.conditional ? 3 : 5);

/** Same slot, size and count; a differing condition makes the match dearer than one without. Undefined: no rename. */
function renameCost(a: Slot, b: Slot): number | undefined {
  if (a.variants !== undefined || b.variants !== undefined || isPadding(a) !== isPadding(b)) return undefined;
  const condition = a.conditional === b.conditional ? 0 : 1;
  if (isStruct(a) && isStruct(b)) return countsAgree(a, b) && alike(a, b) ? 1 + condition : undefined;
  if (isStruct(a) || isStruct(b)) return undefined;
  if (isOpaqueSlot(a) && isOpaqueSlot(b)) return 1 + condition;
  if (isOpaqueSlot(a) || isOpaqueSlot(b) || elementBytes(a.field) !== elementBytes(b.field) || !countsAgree(a, b)) return undefined;
  return 1 + condition;
}

/** Structs of one description, or of the same fields under other names. */
function alike(a: Slot, b: Slot): boolean {
  const [left, right] = [a.field.Description, b.field.Description];
  return left !== undefined && right !== undefined && (left.name === right.name || sameOutline(left, right));
}

function sameOutline(a: Vmsd, b: Vmsd): boolean {
  const [left, right] = [a.Fields ?? [], b.Fields ?? []];
  return a.version_id === b.version_id && left.length === right.length && left.every((field, at) => sameKind(field, right[at]));
}

function sameKind(a: Field, b: Field | undefined): boolean {
  if (b === undefined || a.version_id !== b.version_id || a.field_exists !== b.field_exists) return false;
  if (a.num !== undefined && b.num !== undefined && a.num !== b.num) return false;
  if (a.Description === undefined || b.Description === undefined) return a.Description === b.Description && a.size === b.size;
  return sameOutline(a.Description, b.Description);
}

function samePadding(a: Slot, b: Slot): boolean {
  return isPadding(a) && isPadding(b) && a.conditional === b.conditional && sumBytes([a]) === sumBytes([b]);
}

function paddingCost(from: readonly Slot[], to: readonly Slot[]): number {
  const [sent, read] = [sumBytes(from), sumBytes(to)];
  // Of a struct nobody knows whether the padding fits.
  if (sent === undefined || read === undefined) return 7;
  return sent === read ? 2 : 4;
}

function offerRun(from: readonly Slot[], to: readonly Slot[], offer: (cost: number, step: Step) => void): void {
  const single = (from.length === 1 ? from[0] : to[0]) as Slot;
  const many = from.length === 1 ? to : from;
  if (isStruct(single) || many.some((slot) => isStruct(slot) || slot.variants !== undefined) || !equalBytes(from, to)) return;
  if (isPadding(single)) offer(2 + many.length / 100, { relation: "padding", from, to });
  else if (recuts(from, to)) offer(3, { relation: "recut", from, to });
}

function recuts(from: readonly Slot[], to: readonly Slot[]): boolean {
  return [...from, ...to].every((slot) => !isStruct(slot) && !isOpaqueSlot(slot) && !slot.conditional) && equalBytes(from, to);
}

function equalBytes(from: readonly Slot[], to: readonly Slot[]): boolean {
  const bytes = sumBytes(from);
  return bytes !== undefined && bytes === sumBytes(to);
}
