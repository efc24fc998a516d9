import { alignNames, type Key } from "./align-names.ts";
import type { Slot } from "./pair.ts";
import { countOf, isPadding, isStruct } from "./slots.ts";

export interface Anchors {
  /** Indexes of namesakes in step, ascending on both sides. */
  readonly inStep: readonly (readonly [number, number])[];
  /** From an index to that of the namesake that stands elsewhere. */
  readonly movedFrom: ReadonlyMap<number, number>;
  readonly movedTo: ReadonlySet<number>;
}

/** By far the most common case, and the only one that most sections ever see. */
export function sameNames(from: readonly Slot[], to: readonly Slot[]): boolean {
  if (from.length !== to.length) return false;
  for (let at = 0; at < from.length; at++) {
    const [a, b] = [from[at] as Slot, to[at] as Slot];
    if (
      a.label !== b.label ||
      a.field.Description?.name !== b.field.Description?.name ||
      (isPadding(a) && keyOf(a, false) !== keyOf(b, false))
    )
      return false;
  }
  return true;
}

/** Namesakes in step, and namesakes that are out of step. `looseNames` takes `x[1]` for `x`. */
export function findAnchors(from: readonly Slot[], to: readonly Slot[], looseNames: boolean): Anchors {
  // Padding has no name of its own, so it anchors nothing: solveGap puts it where the bytes want it.
  const left = from.map((slot, at) => (isPadding(slot) ? `\0from ${at}` : keyOf(slot, looseNames)));
  const right = to.map((slot, at) => (isPadding(slot) ? `\0to ${at}` : keyOf(slot, looseNames)));
  const keys = (slots: readonly Slot[], names: readonly string[]): Key[] =>
    slots.map((slot, at) => ({ name: names[at] ?? "", conditional: slot.conditional, shape: `${slot.field.size}x${countOf(slot) ?? ""}` }));
  const inStep = alignNames(keys(from, left), keys(to, right));
  const movedFrom = new Map<number, number>();
  const movedTo = new Set<number>();
  if (inStep.length < Math.min(from.length, to.length)) {
    const anchoredFrom = new Set(inStep.map(([i]) => i));
    const anchoredTo = new Set(inStep.map(([, j]) => j));
    const open = new Map<string, number[]>();
    right.forEach((key, j) => {
      if (!anchoredTo.has(j)) open.set(key, [...(open.get(key) ?? []), j]);
    });
    left.forEach((key, i) => {
      const j = anchoredFrom.has(i) ? undefined : open.get(key)?.shift();
      if (j === undefined) return;
      movedFrom.set(i, j);
      movedTo.add(j);
    });
  }
  return { inStep, movedFrom, movedTo };
}

/** A struct is a namesake only of a struct of the same description, and padding only the same as padding that is as long and as conditional. */
function keyOf(slot: Slot, looseNames: boolean): string {
  if (isPadding(slot)) return `${slot.label}:${slot.field.size * (countOf(slot) ?? 1)}${slot.conditional ? "?" : ""}`;
  const name = looseNames ? slot.label.replace(/\[\d+\]$/, "") : slot.label;
  return isStruct(slot) ? `${name}{${slot.field.Description?.name}}` : name;
}
