import type { Frame, Layout, Slot } from "./pair.ts";
import { countOf, countsAgree, isStruct } from "./slots.ts";

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

/** Whether one of two fields has a condition and the other has none, as far as both tell. */
export function conditionsDiffer(a: Slot, b: Slot): boolean {
  return a.field.field_exists !== undefined && b.field.field_exists !== undefined && a.conditional !== b.conditional;
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
