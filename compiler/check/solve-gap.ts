import { elementBytes, type Field, type Vmsd } from "../describe/index.ts";
import type { Comparison } from "./align-run.ts";
import { conditionsDiffer, sameShape, shapeOf } from "./differs.ts";
import type { Relation, Slot } from "./pair.ts";
import { countOf, countsAgree, isOpaqueSlot, isPadding, isStruct, keyOf, sumBytes } from "./slots.ts";

/** One step of a gap's solution: `from` slots stand against `to` slots in the given relation. */
export interface Step {
  readonly relation: Extract<Relation, "matched" | "renamed" | "padding" | "recut" | "moved" | "one-sided">;
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
 * Explains, at least cost, what became of slots that no name anchors: the same as before, renamed in place, padded over, cut differently,
 * moved, or on one side only. What the bytes allow decides; the costs only choose between explanations that all fit.
 */
export function solveGap(from: readonly Slot[], to: readonly Slot[], declared: Declared, how: Comparison): Step[] {
  // Of explanations that cost the same both directions of a check take the same one.
  const text = (slots: readonly Slot[]): string => slots.map((slot) => `${keyOf(slot, how.looseNames)}\0${shapeOf(slot)}`).join("\0");
  if (text(from) <= text(to)) return withMoves(solve(from, to, declared, how), how);
  const turned = solve(to, from, { from: declared.to, to: declared.from }, how);
  return withMoves(
    turned.map((step) => ({ ...step, from: step.to, to: step.from })),
    how,
  );
}

function solve(from: readonly Slot[], to: readonly Slot[], declared: Declared, how: Comparison): Step[] {
  if (from.length * to.length > MAX_CELLS) return [...from.map((slot) => lone([slot], [])), ...to.map((slot) => lone([], [slot]))];
  const runs = from.length * to.length <= MAX_CELLS_WITH_RUNS;
  const width = to.length + 1;
  const table: Choice[] = new Array((from.length + 1) * width);
  const at = (i: number, j: number): Choice => table[i * width + j] as Choice;
  const held = (slot: Slot, names: ReadonlySet<string>): boolean => !isPadding(slot) && names.has(slot.label);
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
        if (areNamesakes(a, b, how)) offer(namesakeCost(a, b, how), { relation: "matched", from: [a], to: [b] });
        else if (samePadding(a, b)) offer(0, { relation: "matched", from: [a], to: [b] });
        else if (!held(a, declared.to) && !held(b, declared.from)) offerPair(a, b, offer);
        if (runs) {
          for (let run = 2; run <= MAX_RUN; run++) {
            if (i + run <= from.length && !from.slice(i, i + run).some((slot) => held(slot, declared.to)))
              offerRun(from.slice(i, i + run), [b], offer);
            if (j + run <= to.length && !to.slice(j, j + run).some((slot) => held(slot, declared.from)))
              offerRun([a], to.slice(j, j + run), offer);
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

/** What is left on both sides under one name and in one shape is one field that moved. */
function withMoves(steps: readonly Step[], how: Comparison): Step[] {
  const open = steps.filter(({ relation, from }) => relation === "one-sided" && from.length === 0);
  const gone = new Set<Step>();
  const moved = steps.map((step): Step => {
    const [slot] = step.relation === "one-sided" ? step.from : [];
    if (slot === undefined || isPadding(slot)) return step;
    const other = open.find(({ to: [b] }, at) => {
      return b !== undefined && !gone.has(open[at] as Step) && areNamesakes(slot, b, how) && sameShape(slot, b);
    });
    if (other === undefined) return step;
    gone.add(other);
    return { relation: "moved", from: step.from, to: other.to };
  });
  return moved.filter((step) => !gone.has(step));
}

const lone = (from: readonly Slot[], to: readonly Slot[]): Step => ({ relation: "one-sided", from, to });

const loneCost = (slot: Slot): number => (slot.conditional ? 3 : 5);

function areNamesakes(a: Slot, b: Slot, { looseNames }: Comparison): boolean {
  if (isPadding(a) || isPadding(b)) return false;
  if (keyOf(a, looseNames) === keyOf(b, looseNames)) return true;
  // One name, but not both the same struct: what became of it is for the rules to say.
  return a.label === b.label && (isStruct(a) || isStruct(b));
}

/** A change in the field itself costs more than to drop it or to add it, and less than both. */
function namesakeCost(a: Slot, b: Slot, { looseNames, countsKnown }: Comparison): number {
  if (sameShape(a, b)) return 0;
  // Dearer than to let the conditional one of two namesakes go and keep the other.
  const condition = conditionsDiffer(a, b) ? 2.5 : 0;
  if (keyOf(a, looseNames) !== keyOf(b, looseNames)) return 1 + condition;
  const counts = countsAgree(a, b) && !(countsKnown && (countOf(a) ?? 1) !== (countOf(b) ?? 1));
  const sizes = isStruct(a) || elementBytes(a.field) === elementBytes(b.field);
  return (counts && sizes ? 0.25 : 5.5) + condition;
}

function offerPair(a: Slot, b: Slot, offer: (cost: number, step: Step) => void): void {
  const cost = renameCost(a, b);
  if (cost !== undefined) offer(cost, { relation: "renamed", from: [a], to: [b] });
  if (isPadding(a) || isPadding(b)) {
    const padding = paddingCost(a, b);
    if (padding !== undefined) offer(padding, { relation: "padding", from: [a], to: [b] });
  } else if (elementBytes(a.field) !== elementBytes(b.field) && recuts([a], [b])) offer(3, { relation: "recut", from: [a], to: [b] });
}

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

function paddingCost(a: Slot, b: Slot): number | undefined {
  const [sent, read] = [sumBytes([a]), sumBytes([b])];
  // Of a struct nobody knows whether the padding fits.
  if (sent === undefined || read === undefined) return 7;
  if (sent === read) return a.conditional === b.conditional ? 2 : 3;
  // Where only one of them has a condition there is no state in which the bytes agree.
  return a.conditional === b.conditional || countOf(isPadding(a) ? b : a) === undefined ? 4 : undefined;
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
