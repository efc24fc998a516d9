import type { Frame, Layout, Slot } from "../pair.ts";
import { countOf, countsAgree, isStruct, predicatesOf } from "./slots.ts";

/** True when something that a rule may judge is known on both sides and not the same. */
export function slotsDiffer(a: Slot, b: Slot, countsKnown: boolean): boolean {
  const left = a.field;
  const right = b.field;
  return (
    (left.size !== right.size && !(isStruct(a) && isStruct(b))) ||
    isStruct(a) !== isStruct(b) ||
    !countsAgree(a, b) ||
    (countsKnown && (countOf(a) ?? 1) !== (countOf(b) ?? 1)) ||
    conditionsDiffer(a, b) ||
    unlike(left.exists, right.exists) ||
    unlike(left.kind, right.kind) ||
    unlike(left.validate, right.validate) ||
    unlike(left.count?.field, right.count?.field) ||
    ((left.absent !== undefined || right.absent !== undefined) && JSON.stringify(left.absent) !== JSON.stringify(right.absent))
  );
}

/** As long and as conditional as far as metadata tells, and told alike: among namesakes this is the same one. */
export function sameShape(a: Slot, b: Slot): boolean {
  if (a.variants !== undefined || b.variants !== undefined) return shapeOf(a) === shapeOf(b);
  const sizes = isStruct(a) ? isStruct(b) : !isStruct(b) && a.field.size === b.field.size;
  return sizes && countOf(a) === countOf(b) && a.conditional === b.conditional;
}

export function shapeOf(slot: Slot): string {
  if (slot.variants !== undefined) return slot.variants.map(shapeOf).sort().join(" or ");
  const size = isStruct(slot) ? "struct" : slot.field.size;
  return `${size}x${countOf(slot) ?? ""}${slot.conditional ? "?" : ""}`;
}

/** Whether more predicates decide on one side than on the other, as far as both tell. Where both give their text, that is compared. */
export function conditionsDiffer(a: Slot, b: Slot): boolean {
  if (a.field.field_exists === undefined || b.field.field_exists === undefined) return false;
  if (a.field.exists !== undefined && b.field.exists !== undefined) return false;
  return predicatesOf(a) !== predicatesOf(b);
}

export function subsectionsDiffer(frame: Frame, { vmsd: left }: Layout, { vmsd: right }: Layout): boolean {
  return (
    frame.from.vmsd.name !== frame.to.vmsd.name ||
    left.version_id !== right.version_id ||
    left.minimum_version_id !== right.minimum_version_id ||
    unlike(left.needed, right.needed)
  );
}

function unlike<T>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
