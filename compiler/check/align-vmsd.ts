import { alignNames } from "./align-names.ts";
import { emptyCoverage, type FieldCoverage } from "./coverage.ts";
import { type FieldPair, type Frame, type Layout, type Offset, type Pair, pointerOf, type Relation, type Slot } from "./pair.ts";
import { countOf, countsAgree, guardedSlots, isOpaqueSlot, isPadding, isStruct, leastBytes, slotsAt } from "./slots.ts";
import { solveGap } from "./solve-gap.ts";
import { unwrap } from "./unwrap.ts";

/** What aligning one section gave in one direction. Pairs of slots that are the same on both sides are only counted. */
export interface Alignment {
  readonly pairs: readonly Pair[];
  readonly coverage: FieldCoverage;
  /** Labels of opaque fields that stand in step on both sides, so that nothing but code could tell them apart. */
  readonly opaque: readonly string[];
}

interface Next {
  readonly from: Slot | undefined;
  readonly to: Slot | undefined;
}

interface Run {
  readonly pairs: Pair[];
  readonly coverage: FieldCoverage;
  readonly opaque: string[];
  readonly looseNames: boolean;
  bytes: number;
  exact: boolean;
}

/**
 * Aligns two layouts of one section as the loader would meet them: fields first, nested structs in place, subsections behind.
 * Never stops at a mismatch: what has a namesake anchors the rest. `looseNames` takes `x[1]` for `x`, as a stream's description
 * numbers repeated names.
 */
export function alignVmsd(root: Frame, looseNames: boolean): Alignment {
  const run: Run = { pairs: [], coverage: emptyCoverage(), opaque: [], looseNames, bytes: 0, exact: true };
  alignFrame(root, run);
  return run;
}

function alignFrame(frame: Frame, run: Run): void {
  const from = slotsAt(frame.from, frame.fromVersion);
  const to = slotsAt(frame.to, frame.toVersion);
  const emptied = (frame.from.vmsd.Fields ?? []).length === 0 || (frame.to.vmsd.Fields ?? []).length === 0;
  if (emptied && from.length + to.length > 0) run.pairs.push({ on: "vmsd", frame });
  else alignSlots(frame, from, to, run);
  alignSubsections(frame, frame.from, frame.to, run);
}

function alignSlots(frame: Frame, from: readonly Slot[], to: readonly Slot[], run: Run): void {
  if (sameNames(from, to)) {
    for (let at = 0; at < from.length; at++) matched(frame, "matched", from[at] as Slot, to[at] as Slot, run);
    return;
  }
  const { anchors, movedFrom, movedTo } = anchor(from, to, run.looseNames);
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [...anchors, [from.length, to.length] as const]) {
    const next = { from: from[nextI], to: to[nextJ] };
    if (i < nextI || j < nextJ) {
      for (let at = i; at < nextI; at++) {
        const target = movedFrom.get(at);
        if (target !== undefined) push(frame, "moved", [from[at] as Slot], [to[target] as Slot], next, run);
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

/** By far the most common case, and the only one that most sections ever see. */
function sameNames(from: readonly Slot[], to: readonly Slot[]): boolean {
  if (from.length !== to.length) return false;
  for (let at = 0; at < from.length; at++) {
    const [a, b] = [from[at] as Slot, to[at] as Slot];
    if (a.label !== b.label || (isPadding(a) && !(a.field.size === b.field.size && a.field.num === b.field.num))) return false;
  }
  return true;
}

/** Namesakes in step, and namesakes that are out of step. Padding is only a namesake of padding of its own size. */
function anchor(from: readonly Slot[], to: readonly Slot[], looseNames: boolean) {
  const left = from.map((slot) => keyOf(slot, looseNames));
  const right = to.map((slot) => keyOf(slot, looseNames));
  const anchors = alignNames(left, right);
  const movedFrom = new Map<number, number>();
  const movedTo = new Set<number>();
  if (anchors.length < Math.min(from.length, to.length)) {
    const anchoredFrom = new Set(anchors.map(([i]) => i));
    const anchoredTo = new Set(anchors.map(([, j]) => j));
    const open = new Map<string, number[]>();
    right.forEach((key, j) => {
      if (!anchoredTo.has(j) && !isPadding(to[j] as Slot)) open.set(key, [...(open.get(key) ?? []), j]);
    });
    left.forEach((key, i) => {
      const j = anchoredFrom.has(i) ? undefined : open.get(key)?.shift();
      if (j === undefined) return;
      movedFrom.set(i, j);
      movedTo.add(j);
    });
  }
  return { anchors, movedFrom, movedTo };
}

function keyOf(slot: Slot, looseNames: boolean): string {
  const name = looseNames ? slot.label.replace(/\[\d+\]$/, "") : slot.label;
  return isPadding(slot) ? `${name}:${slot.field.size}x${countOf(slot) ?? ""}` : name;
}

/** Slots without a namesake in their place. Structs are taken apart when that gives their fields a counterpart. */
function alignGap(frame: Frame, from: readonly Slot[], to: readonly Slot[], next: Next, run: Run): void {
  const opened = unwrap(from, to);
  if (opened === undefined) {
    for (const step of solveGap(from.flatMap(apart), to.flatMap(apart))) {
      if (step.relation === "renamed") matched(frame, step.relation, step.from[0] as Slot, step.to[0] as Slot, run);
      else push(frame, step.relation, step.from, step.to, next, run);
    }
    return;
  }
  const before = run.pairs.length;
  alignSlots(frame, opened.from, opened.to, run);
  if (run.pairs.length === before) push(frame, "rewrapped", from, to, next, run);
}

/** Without a namesake, alternatives are fields like any others. */
function apart(slot: Slot): readonly Slot[] {
  return slot.variants ?? [slot];
}

function matched(frame: Frame, relation: "matched" | "renamed", from: Slot, to: Slot, run: Run): void {
  count(from, to, run);
  if (from.variants !== undefined || to.variants !== undefined) {
    alternatives(frame, from, to, run);
    return;
  }
  if (relation === "renamed" || differs(from, to)) push(frame, relation, [from], [to], NOTHING, run);
  if (isStruct(from) && isStruct(to)) inner(frame, from, to, run);
  else if (isOpaqueSlot(from) && isOpaqueSlot(to)) run.opaque.push(pathIn(frame, from));
  advance(from, run);
}

/** A variant of the same size and count on the other side is the same variant; their order among each other is not judged. */
function alternatives(frame: Frame, from: Slot, to: Slot, run: Run): void {
  const rest = [...(to.variants ?? [to])];
  const unmatched = (from.variants ?? [from]).filter((variant) => {
    const twin = rest.findIndex((other) => !differs(variant, other) && variant.conditional === other.conditional);
    if (twin < 0) return true;
    const [other] = rest.splice(twin, 1);
    if (other !== undefined && isStruct(variant)) inner(frame, variant, other, run);
    return false;
  });
  run.exact = false;
  const sent = run.looseNames && (unmatched.length === 0 || rest.length === 0);
  if (unmatched.length + rest.length > 0 && !sent) push(frame, "alternatives", from.variants ?? [from], to.variants ?? [to], NOTHING, run);
}

function inner(frame: Frame, from: Slot, to: Slot, run: Run): void {
  const left = from.field.Description;
  const right = to.field.Description;
  if (left === undefined || right === undefined) return;
  const conditional = from.conditional || to.conditional;
  const before = run.bytes;
  alignFrame(
    {
      kind: "struct",
      parent: frame,
      via: from.label < to.label ? from.label : to.label,
      from: { vmsd: left, pointer: `${pointerOf(from)}/Description` },
      to: { vmsd: right, pointer: `${pointerOf(to)}/Description` },
      fromVersion: left.version_id,
      toVersion: right.version_id,
      conditions: conditional ? [...frame.conditions, from.label] : frame.conditions,
    },
    run,
  );
  const elements = countOf(from) ?? countOf(to);
  if (elements === undefined || conditional) run.exact = false;
  else run.bytes += (run.bytes - before) * (elements - 1);
}

/** True when something that a rule may judge is known on both sides and not the same. */
function differs(a: Slot, b: Slot): boolean {
  const left = a.field;
  const right = b.field;
  return (
    (left.size !== right.size && !(isStruct(a) && isStruct(b))) ||
    isStruct(a) !== isStruct(b) ||
    !countsAgree(a, b) ||
    unlike(left.field_exists, right.field_exists) ||
    unlike(left.exists, right.exists) ||
    unlike(left.kind, right.kind) ||
    unlike(left.validate, right.validate) ||
    unlike(left.count?.field, right.count?.field) ||
    ((left.absent !== undefined || right.absent !== undefined) && JSON.stringify(left.absent) !== JSON.stringify(right.absent))
  );
}

function unlike<T>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function count(from: Slot, to: Slot, run: Run): void {
  const sides = Math.min(from.variants?.length ?? 1, to.variants?.length ?? 1);
  run.coverage.compared += sides;
  if (from.conditional || to.conditional) run.coverage.conditional += sides;
  if (isOpaqueSlot(from) && isOpaqueSlot(to)) run.coverage.opaque += sides;
  if (countOf(from) === undefined || countOf(to) === undefined) run.coverage.countUnknown += sides;
}

const NOTHING: Next = { from: undefined, to: undefined };

function push(frame: Frame, relation: Relation, from: readonly Slot[], to: readonly Slot[], next: Next, run: Run): void {
  const guardedOut = relation === "one-sided" ? findGuarded(frame, from[0], to[0]) : undefined;
  run.pairs.push({
    on: "field",
    relation,
    frame,
    from,
    to,
    next,
    offset: offsetOf(run),
    ...(guardedOut === undefined ? {} : { guardedOut }),
  } satisfies FieldPair);
  // What is matched is passed over where it is matched, after the fields inside it.
  if (relation !== "matched" && relation !== "renamed" && relation !== "alternatives") for (const slot of from) advance(slot, run);
}

function findGuarded(frame: Frame, from: Slot | undefined, to: Slot | undefined): Slot | undefined {
  const name = (from ?? to)?.label;
  const [layout, version] = from === undefined ? [frame.from, frame.fromVersion] : [frame.to, frame.toVersion];
  return guardedSlots(layout, version).find((slot) => slot.label === name && !isPadding(slot));
}

function alignSubsections(frame: Frame, from: Layout, to: Layout, run: Run): void {
  const target = new Map(
    (to.vmsd.Subsections ?? []).map((vmsd, index) => [vmsd.name, { vmsd, pointer: `${to.pointer}/Subsections/${index}` }]),
  );
  (from.vmsd.Subsections ?? []).forEach((vmsd, index) => {
    const left = { vmsd, pointer: `${from.pointer}/Subsections/${index}` };
    const right = target.get(vmsd.name);
    target.delete(vmsd.name);
    if (right === undefined || subsectionDiffers(frame, left, right)) run.pairs.push({ on: "subsection", frame, from: left, to: right });
    // A version that is refused is another layout: nothing of it is read.
    if (right === undefined || vmsd.version_id > right.vmsd.version_id || vmsd.version_id < (right.vmsd.minimum_version_id ?? 0)) return;
    run.exact = false;
    const sent = vmsd.version_id;
    alignFrame(
      {
        kind: "subsection",
        parent: frame,
        via: vmsd.name,
        from: left,
        to: right,
        fromVersion: sent,
        toVersion: sent,
        conditions: [...frame.conditions, vmsd.name],
      },
      run,
    );
  });
  for (const right of target.values()) run.pairs.push({ on: "subsection", frame, from: undefined, to: right });
}

function subsectionDiffers(frame: Frame, { vmsd: left }: Layout, { vmsd: right }: Layout): boolean {
  const renamedParent = frame.from.vmsd.name !== frame.to.vmsd.name;
  return (
    renamedParent ||
    left.version_id !== right.version_id ||
    left.minimum_version_id !== right.minimum_version_id ||
    unlike(left.needed, right.needed)
  );
}

function advance(slot: Slot, run: Run): void {
  const bytes = leastBytes(slot);
  if (bytes === undefined || slot.conditional || countOf(slot) === undefined) run.exact = false;
  if (!slot.conditional && bytes !== undefined) run.bytes += bytes;
}

function offsetOf(run: Run): Offset {
  return { bytes: run.bytes, exact: run.exact };
}

function pathIn(frame: Frame, slot: Slot): string {
  return frame.via === "" ? slot.label : `${frame.via}/${slot.label}`;
}
