import type { Layout, Slot } from "../pair.ts";
import { subsectionsOf } from "./align-subsections.ts";
import { haveSameOutline } from "./gap-costs.ts";
import { fieldsBelow, fieldsOf, isSingle, layoutOf, sendsSomething } from "./nested-slots.ts";
import { countsAgree, isPadding, isStruct, joinAlternatives, knownAs, nameOf } from "./slots.ts";

/** The slots of a gap with some structs replaced by their fields. */
export interface Opened {
  readonly from: readonly Slot[];
  readonly to: readonly Slot[];
  /** Subsections of the structs that were taken apart. */
  readonly fromSubsections: readonly Layout[];
  readonly toSubsections: readonly Layout[];
}

/**
 * Takes structs of a gap apart when that gives their fields a counterpart: a struct on the wire is no more than its fields, so
 * wrapping fields or renaming their struct changes no byte. Undefined when nothing is gained.
 */
export function unwrap(from: readonly Slot[], to: readonly Slot[]): Opened | undefined {
  const paired = pairable(from, to);
  const [left, right] = [opener(from, to, paired), opener(to, from, paired)];
  return from.some(left) || to.some(right) ? takeApart(from, to, left, right) : undefined;
}

/** Puts the fields of the structs that `left` and `right` choose in their place. */
export function takeApart(
  from: readonly Slot[],
  to: readonly Slot[],
  left: (slot: Slot) => boolean,
  right: (slot: Slot) => boolean,
): Opened {
  return {
    from: joinAlternatives(from.flatMap((slot) => (left(slot) ? fieldsOf(slot) : [slot]))),
    to: joinAlternatives(to.flatMap((slot) => (right(slot) ? fieldsOf(slot) : [slot]))),
    fromSubsections: from.filter(left).flatMap((slot) => subsectionsOf(layoutOf(slot))),
    toSubsections: to.filter(right).flatMap((slot) => subsectionsOf(layoutOf(slot))),
  };
}

/** Says which structs of one side to take apart: those of which a field, however deep, is found on the other, and those that send nothing. */
function opener(slots: readonly Slot[], others: readonly Slot[], paired: ReadonlySet<Slot>): (slot: Slot) => boolean {
  if (!slots.some(isStruct)) return () => false;
  // One that the other side has inside a struct of its own waits until that is open.
  const deeper = new Set(others.flatMap(fieldsBelow).flatMap(({ field }) => field.Description?.name ?? []));
  const descriptions = new Set(others.flatMap(({ field }) => field.Description?.name ?? []));
  const names = new Set(others.flatMap((other) => [other, ...fieldsBelow(other)]).map(nameOf));
  const sizes = sizesOf(others.flatMap(leavesOf));
  return (slot) => {
    if (!isStruct(slot) || paired.has(slot) || deeper.has(slot.field.Description?.name ?? "")) return false;
    if (!sendsSomething(slot)) return true;
    if (!isSingle(slot)) return false;
    const inner = fieldsBelow(slot);
    return (
      others.some((other) => isPadding(other) && other.conditional === slot.conditional) ||
      (others.length > 0 && inner.every(isPadding)) ||
      inner.some((each) => names.has(nameOf(each)) || descriptions.has(each.field.Description?.name ?? "")) ||
      sizes.includes(sizesOf(leavesOf(slot)))
    );
  };
}

function leavesOf(slot: Slot): Slot[] {
  return isStruct(slot) && isSingle(slot) ? fieldsOf(slot).flatMap(leavesOf) : [slot];
}

function sizesOf(slots: readonly Slot[]): string {
  return `,${slots.map((slot) => `${slot.field.Description?.name ?? slot.field.size}`).join(",")},`;
}

/** Structs that have one of the same description, or of the same name and fields, on the other side stay whole for solveGap to pair. */
function pairable(from: readonly Slot[], to: readonly Slot[]): Set<Slot> {
  const whole = new Set<Slot>();
  for (const slot of from.filter(isStruct)) {
    const twin = to.find((other) => !whole.has(other) && isStruct(other) && areTwins(slot, other));
    if (twin !== undefined) whole.add(slot).add(twin);
  }
  return whole;
}

function areTwins(a: Slot, b: Slot): boolean {
  if (a.field.Description?.name === b.field.Description?.name) return true;
  // An array of structs cannot be taken apart, nor need what may be renamed into one.
  if (!(isSingle(a) && isSingle(b)) && countsAgree(a, b) && haveSameOutline(a, b)) return true;
  const labels = (slot: Slot): string =>
    fieldsOf(slot)
      .map(({ label }) => label)
      .join("\n");
  return knownAs(a) === knownAs(b) && labels(a) === labels(b);
}
