import { type Layout, pointerOf, type Slot } from "./pair.ts";
import { countOf, isStruct, predicatesOf, slotsAt } from "./slots.ts";

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

/** What a conditional struct holds is as conditional as itself, and by the same predicate; what has one of its own needs both. */
function underCondition(inner: Slot, struct: Slot): Slot {
  const texts = [struct.field.exists, inner.field.exists].filter((text) => text !== undefined);
  const field = texts.length === 0 ? inner.field : { ...inner.field, field_exists: true, exists: texts.join(" && ") };
  const variants = inner.variants?.map((variant) => underCondition(variant, struct));
  const predicates = predicatesOf(struct) + predicatesOf(inner);
  return { ...inner, field, conditional: true, predicates, ...(variants === undefined ? {} : { variants }) };
}
