import type { Slot } from "../pair.ts";
import type { Comparison } from "./align-run.ts";
import type { Declared } from "./declared-only.ts";
import { shapeOf } from "./differs.ts";
import { lone, loneCost, type Offer, offerPair, offerRun, type Step } from "./gap-costs.ts";
import { groupBy } from "./names.ts";
import { isPadding, keyOf, nameOf } from "./slots.ts";

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
export function solveGap(from: readonly Slot[], to: readonly Slot[], declaredOnly: () => Declared, how: Comparison): Step[] {
  if (from.length === 0 || to.length === 0) return alone(from, to);
  const declared = declaredOnly();
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
  if (from.length * to.length > MAX_CELLS) return alone(from, to);
  const runs = from.length * to.length <= MAX_CELLS_WITH_RUNS;
  const width = to.length + 1;
  const table: Choice[] = new Array((from.length + 1) * width);
  const at = (i: number, j: number): Choice => table[i * width + j] as Choice;
  const sent = from.map((slot) => declared.to.has(nameOf(slot)));
  const read = to.map((slot) => declared.from.has(nameOf(slot)));
  for (let i = from.length; i >= 0; i--) {
    for (let j = to.length; j >= 0; j--) {
      let best: Choice | undefined = i === from.length && j === to.length ? { cost: 0, step: undefined, i, j } : undefined;
      const offer: Offer = (cost, step) => {
        const nextI = i + step.from.length;
        const nextJ = j + step.to.length;
        const total = cost + at(nextI, nextJ).cost;
        if (best === undefined || total < best.cost) best = { cost: total, step, i: nextI, j: nextJ };
      };
      const a = from[i];
      const b = to[j];
      if (a !== undefined && b !== undefined) {
        offerPair(a, b, sent[i] === true || read[j] === true, how, offer);
        for (let run = 2; runs && run <= MAX_RUN; run++) {
          if (i + run <= from.length) offerRun(from.slice(i, i + run), [b], sent.slice(i, i + run).includes(true), offer);
          if (j + run <= to.length) offerRun([a], to.slice(j, j + run), read.slice(j, j + run).includes(true), offer);
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

function alone(from: readonly Slot[], to: readonly Slot[]): Step[] {
  return [...from.map((slot) => lone([slot], [])), ...to.map((slot) => lone([], [slot]))];
}

/** What is left on both sides under one name and in one shape is one field that moved. */
function withMoves(steps: readonly Step[], how: Comparison): Step[] {
  const text = (slot: Slot): string => `${keyOf(slot, how.looseNames)}\0${shapeOf(slot)}`;
  const isOpen = ({ relation, from: [a], to: [b] }: Step): boolean => relation === "one-sided" && !isPadding((a ?? b) as Slot);
  const open = groupBy(
    steps.filter((step) => isOpen(step) && step.from.length === 0),
    ({ to }) => text(to[0] as Slot),
  );
  const gone = new Set<Step>();
  const moved = steps.map((step): Step => {
    const [slot] = step.from;
    const other = slot === undefined || !isOpen(step) ? undefined : open.get(text(slot))?.shift();
    if (other === undefined) return step;
    gone.add(other);
    return { relation: "moved", from: step.from, to: other.to };
  });
  return moved.filter((step) => !gone.has(step));
}
