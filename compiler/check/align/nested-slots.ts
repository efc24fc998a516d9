import { type Layout, pointerOf, type Slot } from "../pair.ts";
import { countOf, isPadding, isStruct, leastBytes, predicatesOf, slotsAt } from "./slots.ts";

/** A struct that is sent once, as far as metadata tells; without its fields' names on the wire it is no more than they are. */
export function isSingle(slot: Slot): boolean {
  const count = countOf(slot);
  return slot.variants === undefined && (count === undefined || count === 1);
}

export function layoutOf(slot: Slot): Layout {
  return { vmsd: slot.field.Description ?? { name: "", version_id: 0 }, pointer: `${pointerOf(slot)}/Description` };
}

export function fieldsOf(slot: Slot): Slot[] {
  if (!isStruct(slot)) return [];
  const layout = layoutOf(slot);
  return slotsAt(layout, layout.vmsd.version_id).map((inner) => (slot.conditional ? underCondition(inner, slot) : inner));
}

/** The fields of a single struct and of those inside it, however deep. */
export function fieldsBelow(slot: Slot): Slot[] {
  return isSingle(slot) ? fieldsOf(slot).flatMap((inner) => [inner, ...fieldsBelow(inner)]) : [];
}

/** False for a struct in which, however deep, there is no field. */
export function sendsSomething(slot: Slot): boolean {
  return !isStruct(slot) || fieldsOf(slot).some(sendsSomething);
}

/** True for a conditional field, and for a struct in which, however deep, there are none but conditional ones. */
export function mayBeAbsent(slot: Slot): boolean {
  return (
    slot.conditional ||
    (isStruct(slot) && sendsSomething(slot) && fieldsOf(slot).every((inner) => !sendsSomething(inner) || mayBeAbsent(inner)))
  );
}

/** Two structs, or arrays of them, that are as many bytes of nothing but padding. */
export function samePaddingInside(a: Slot, b: Slot): boolean {
  const bytes = paddingBytes(a);
  return bytes !== undefined && a.conditional === b.conditional && bytes === paddingBytes(b);
}

/** Bytes of fields, taking an unknown count as one element, and of structs of padding; undefined where anything else is among them. */
export function knownBytes(slots: readonly Slot[]): number | undefined {
  let sum = 0;
  for (const slot of slots) {
    const bytes = leastBytes(slot) ?? paddingBytes(slot);
    if (bytes === undefined) return undefined;
    sum += bytes;
  }
  return sum;
}

function paddingBytes(struct: Slot): number | undefined {
  if (!isStruct(struct) || struct.field.Description?.Subsections !== undefined) return undefined;
  let sum = 0;
  for (const slot of fieldsOf(struct)) {
    const bytes = isPadding(slot) ? leastBytes(slot) : paddingBytes(slot);
    if (bytes === undefined || slot.conditional) return undefined;
    sum += bytes;
  }
  return sum * (countOf(struct) ?? 1);
}

/** What a conditional struct holds is as conditional as itself, and by the same predicate; what has one of its own needs both. */
function underCondition(inner: Slot, struct: Slot): Slot {
  const texts = [struct.field.exists, inner.field.exists].filter((text) => text !== undefined);
  const field = texts.length === 0 ? inner.field : { ...inner.field, field_exists: true, exists: texts.join(" && ") };
  const variants = inner.variants?.map((variant) => underCondition(variant, struct));
  const predicates = predicatesOf(struct) + predicatesOf(inner);
  return { ...inner, field, conditional: true, predicates, ...(variants === undefined ? {} : { variants }) };
}
