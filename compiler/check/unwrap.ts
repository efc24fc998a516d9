import { pointerOf, type Slot } from "./pair.ts";
import { countOf, isStruct, slotsAt } from "./slots.ts";

/** The slots of a gap with some structs replaced by their fields. */
export interface Opened {
  readonly from: readonly Slot[];
  readonly to: readonly Slot[];
}

/**
 * Takes structs of a gap apart when that gives their fields a counterpart: a struct on the wire is no more than its fields, so
 * wrapping fields or renaming their struct changes no byte. Undefined when nothing is gained.
 */
export function unwrap(from: readonly Slot[], to: readonly Slot[]): Opened | undefined {
  if (from.length === 0 || to.length === 0) return undefined;
  const paired = pairable(from, to);
  const open = (slots: readonly Slot[], others: readonly Slot[]): readonly Slot[] => {
    const labels = new Set([...others, ...others.flatMap(fieldsOf)].map(({ label }) => label));
    const sizes = sizesOf(others);
    const gains = (slot: Slot): boolean => fieldsOf(slot).some(({ label }) => labels.has(label)) || sizes.includes(sizesOf(fieldsOf(slot)));
    return slots.flatMap((slot) => (isStruct(slot) && isSingle(slot) && !paired.has(slot) && gains(slot) ? fieldsOf(slot) : [slot]));
  };
  const opened = { from: open(from, to), to: open(to, from) };
  return opened.from.length === from.length && opened.to.length === to.length ? undefined : opened;
}

function sizesOf(slots: readonly Slot[]): string {
  return `,${slots.map((slot) => `${slot.field.Description?.name ?? slot.field.size}`).join(",")},`;
}

/** Structs that have one of the same description on the other side stay whole: solveGap renames them. */
function pairable(from: readonly Slot[], to: readonly Slot[]): Set<Slot> {
  const whole = new Set<Slot>();
  for (const slot of from) {
    const twin = to.find(
      (other) => !whole.has(other) && isStruct(other) && isStruct(slot) && other.field.Description?.name === slot.field.Description?.name,
    );
    if (twin !== undefined) whole.add(slot).add(twin);
  }
  return whole;
}

function isSingle(slot: Slot): boolean {
  const count = countOf(slot);
  return slot.variants === undefined && (count === undefined || count === 1);
}

function fieldsOf(slot: Slot): Slot[] {
  const vmsd = slot.field.Description;
  if (vmsd === undefined) return [];
  const layout = { vmsd, pointer: `${pointerOf(slot)}/Description` };
  // What a conditional struct holds is as conditional as itself.
  return slotsAt(layout, vmsd.version_id).map((inner) => (slot.conditional ? { ...inner, conditional: true } : inner));
}
