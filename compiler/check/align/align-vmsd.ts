import { type Frame, type Pair, pointerOf, type Slot } from "../pair.ts";
import { type AlignRun, type Comparison, countPair, type Next, newRun, passOver, pushPair } from "./align-run.ts";
import { alignSubsections, subsectionsOf } from "./align-subsections.ts";
import { findAnchors, sameNames } from "./anchor.ts";
import type { FieldCoverage } from "./coverage.ts";
import { declaredOnly } from "./declared-only.ts";
import { isDeclaredRename, withDeclaredNames } from "./declared-renames.ts";
import { slotsDiffer } from "./differs.ts";
import { partAlternatives } from "./names.ts";
import { samePaddingInside, sendsSomething } from "./nested-slots.ts";
import { countOf, isOpaqueSlot, isStruct, slotsAt, variantsOf } from "./slots.ts";
import { solveGap } from "./solve-gap.ts";
import { type Opened, takeApart, unwrap } from "./unwrap.ts";

/** What aligning one section gave in one direction. Pairs of slots that are the same on both sides are only counted. */
export interface Alignment {
  readonly pairs: readonly Pair[];
  readonly coverage: FieldCoverage;
  /** Labels of opaque fields that stand in step on both sides, so that nothing but code could tell them apart. */
  readonly opaque: readonly string[];
}

/**
 * Aligns two layouts of one section as the loader would meet them: fields first, nested structs in place, subsections behind.
 * Never stops at a mismatch: what has a namesake anchors the rest.
 */
export function alignVmsd(root: Frame, how: Comparison): Alignment {
  const run = newRun(how);
  alignFrame(root, run);
  return run;
}

function alignFrame(frame: Frame, run: AlignRun): void {
  const from = slotsAt(frame.from, frame.fromVersion);
  const to = slotsAt(frame.to, frame.toVersion);
  const emptied = (frame.from.vmsd.Fields ?? []).length === 0 || (frame.to.vmsd.Fields ?? []).length === 0;
  if (emptied && [...from, ...to].some(sendsSomething)) run.pairs.push({ on: "vmsd", frame });
  else alignSlots(frame, from, to, run);
  alignSubsections(frame, subsectionsOf(frame.from), subsectionsOf(frame.to), run, (inner) => alignFrame(inner, run));
}

function alignSlots(frame: Frame, sent: readonly Slot[], read: readonly Slot[], run: AlignRun): void {
  if (sameNames(sent, read)) {
    for (let at = 0; at < sent.length; at++) matched(frame, "matched", sent[at] as Slot, read[at] as Slot, run);
    return;
  }
  const [from, to] = partAlternatives(...withDeclaredNames(sent, read, run.how), run.how);
  const { inStep, movedFrom, movedTo, astrayFrom, astrayTo } = findAnchors(from, to, run.how);
  if (astrayFrom.size + astrayTo.size > 0) {
    const opened = takeApart(
      from,
      to,
      (slot) => astrayFrom.has(from.indexOf(slot)),
      (slot) => astrayTo.has(to.indexOf(slot)),
    );
    alignOpened(frame, opened, run);
    return;
  }
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [...inStep, [from.length, to.length] as const]) {
    const next = { from: from[nextI], to: to[nextJ] };
    if (i < nextI || j < nextJ) {
      for (let at = i; at < nextI; at++) {
        const target = movedFrom.get(at);
        if (target !== undefined) pushPair(run, frame, "moved", [from[at] as Slot], [to[target] as Slot], next);
      }
      const left = from.slice(i, nextI).filter((_, at) => !movedFrom.has(i + at));
      const right = to.slice(j, nextJ).filter((_, at) => !movedTo.has(j + at));
      alignGap(frame, left, right, next, run);
    }
    if (next.from !== undefined && next.to !== undefined) matched(frame, "matched", next.from, next.to, run);
    i = nextI + 1;
    j = nextJ + 1;
  }
}

/** Slots that no name anchors. Structs are taken apart when that gives their fields a counterpart. */
function alignGap(frame: Frame, from: readonly Slot[], to: readonly Slot[], next: Next, run: AlignRun): void {
  if (from.length + to.length === 0) return;
  const opened = unwrap(from, to);
  if (opened === undefined) {
    for (const step of solveGap(from.flatMap(variantsOf), to.flatMap(variantsOf), () => declaredOnly(frame), run.how)) {
      if (step.relation === "renamed" || step.relation === "matched")
        matched(frame, step.relation, step.from[0] as Slot, step.to[0] as Slot, run);
      else pushPair(run, frame, step.relation, step.from, step.to, next);
    }
    return;
  }
  const before = run.pairs.length;
  alignOpened(frame, opened, run);
  if (run.pairs.length === before) pushPair(run, frame, "rewrapped", from, to, next);
}

function alignOpened(frame: Frame, { from, to, fromSubsections, toSubsections }: Opened, run: AlignRun): void {
  alignSlots(frame, from, to, run);
  alignSubsections(frame, fromSubsections, toSubsections, run, (inner) => alignFrame(inner, run));
}

function matched(frame: Frame, relation: "matched" | "renamed", from: Slot, to: Slot, run: AlignRun): void {
  countPair(run, from, to);
  if (from.variants !== undefined || to.variants !== undefined) {
    alternatives(frame, from, to, run);
    return;
  }
  if (countOf(from) !== countOf(to) && samePaddingInside(from, to)) {
    passOver(run, from);
    return;
  }
  const isRename = relation === "renamed" || isDeclaredRename(from, to);
  if (isRename || slotsDiffer(from, to, run.how.countsKnown)) pushPair(run, frame, relation, [from], [to]);
  if (isStruct(from) && isStruct(to)) inside(frame, from, to, run);
  else if (isOpaqueSlot(from) && isOpaqueSlot(to)) run.opaque.push(frame.via === "" ? from.label : `${frame.via}/${from.label}`);
  passOver(run, from);
}

/** A variant of the same size and count on the other side is the same variant; their order among each other is not judged. */
function alternatives(frame: Frame, from: Slot, to: Slot, run: AlignRun): void {
  const rest = [...(to.variants ?? [to])];
  const take = (variant: Slot, fits: (other: Slot) => boolean): boolean => {
    const twin = rest.findIndex(
      (other) => !slotsDiffer(variant, other, run.how.countsKnown) && variant.conditional === other.conditional && fits(other),
    );
    if (twin < 0) return false;
    const [other] = rest.splice(twin, 1);
    if (other !== undefined && isStruct(variant)) inside(frame, variant, other, run);
    return true;
  };
  // Equal counts first, so that a variant that does not tell its own cannot take the place of one that does.
  const uncounted = (from.variants ?? [from]).filter((variant) => !take(variant, (other) => countOf(other) === countOf(variant)));
  const unmatched = uncounted.filter((variant) => !take(variant, () => true));
  run.exact = false;
  // A stream's description holds the one that was sent.
  const sent = run.how.looseNames && (unmatched.length === 0 || rest.length === 0);
  if (unmatched.length + rest.length > 0 && !sent) pushPair(run, frame, "alternatives", from.variants ?? [from], to.variants ?? [to]);
}

function inside(frame: Frame, from: Slot, to: Slot, run: AlignRun): void {
  const left = from.field.Description;
  const right = to.field.Description;
  if (left === undefined || right === undefined) return;
  const conditional = from.conditional || to.conditional;
  const before = run.bytes;
  const inner: Frame = {
    kind: "struct",
    parent: frame,
    via: from.label < to.label ? from.label : to.label,
    from: { vmsd: left, pointer: `${pointerOf(from)}/Description` },
    to: { vmsd: right, pointer: `${pointerOf(to)}/Description` },
    fromVersion: left.version_id,
    toVersion: right.version_id,
    conditions: conditional ? [...frame.conditions, from.label] : frame.conditions,
  };
  alignFrame(inner, run);
  const elements = countOf(from) ?? countOf(to);
  if (elements === undefined || conditional) run.exact = false;
  else run.bytes += (run.bytes - before) * (elements - 1);
}
