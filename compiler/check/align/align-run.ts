import type { FieldPair, Frame, Pair, Relation, Slot } from "../pair.ts";
import { emptyCoverage, type FieldCoverage } from "./coverage.ts";
import { countOf, guardedSlots, isOpaqueSlot, isPadding, leastBytes } from "./slots.ts";

/** What holds for all sections of two files. */
export interface Comparison {
  /** Both hold nothing but QEMU's own keys. */
  readonly plain: boolean;
  /** Both tell the length of every fixed array, so that a field without one is none. */
  readonly countsKnown: boolean;
  /** One is a stream's description, which numbers repeated names. */
  readonly looseNames: boolean;
}

/** One alignment under way: what it found so far, and how far it is in the section's bytes. */
export interface AlignRun {
  readonly how: Comparison;
  readonly pairs: Pair[];
  readonly coverage: FieldCoverage;
  readonly opaque: string[];
  bytes: number;
  exact: boolean;
}

export type Next = FieldPair["next"];
export const NOTHING: Next = { from: undefined, to: undefined };

export function newRun(how: Comparison): AlignRun {
  return { how, pairs: [], coverage: emptyCoverage(), opaque: [], bytes: 0, exact: true };
}

/** Hands a pair of slots to the rules. Slots without a counterpart in step are passed over in the source's bytes. */
export function pushPair(
  run: AlignRun,
  frame: Frame,
  relation: Relation,
  from: readonly Slot[],
  to: readonly Slot[],
  next: Next = NOTHING,
): void {
  const guardedOut = relation === "one-sided" ? findGuarded(frame, from[0], to[0]) : undefined;
  const offset = { bytes: run.bytes, exact: run.exact };
  run.pairs.push({
    on: "field",
    relation,
    frame,
    from,
    to,
    next,
    offset,
    countsKnown: run.how.countsKnown,
    streamed: run.how.looseNames,
    ...(guardedOut === undefined ? {} : { guardedOut }),
  });
  // What is matched is passed over where it is matched, after the fields inside it.
  if (relation !== "matched" && relation !== "renamed" && relation !== "alternatives") for (const slot of from) passOver(run, slot);
}

export function passOver(run: AlignRun, slot: Slot): void {
  const bytes = leastBytes(slot);
  if (bytes === undefined || slot.conditional || countOf(slot) === undefined) run.exact = false;
  if (!slot.conditional && bytes !== undefined) run.bytes += bytes;
}

/** Adds a pair of namesakes, or of renamed slots, to the coverage. */
export function countPair(run: AlignRun, from: Slot, to: Slot): void {
  const sides = Math.min(from.variants?.length ?? 1, to.variants?.length ?? 1);
  run.coverage.compared += sides;
  if (from.conditional || to.conditional) run.coverage.conditional += sides;
  if (isOpaqueSlot(from) && isOpaqueSlot(to)) run.coverage.opaque += sides;
  if (countOf(from) === undefined || countOf(to) === undefined) run.coverage.countUnknown += sides;
}

function findGuarded(frame: Frame, from: Slot | undefined, to: Slot | undefined): Slot | undefined {
  const name = (from ?? to)?.label ?? "";
  const earlier = (from ?? to)?.field.formerly;
  const [layout, version] = from === undefined ? [frame.from, frame.fromVersion] : [frame.to, frame.toVersion];
  const guarded = guardedSlots(layout, version).filter((slot) => !isPadding(slot));
  return (
    guarded.find((slot) => slot.label === name) ??
    guarded.find((slot) => earlier?.includes(slot.label) === true || slot.field.formerly?.includes(name) === true)
  );
}
