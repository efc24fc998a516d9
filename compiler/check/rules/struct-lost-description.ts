import { countOf, isOpaqueSlot, isStruct, leastBytes, slotsAt, sumBytes } from "../align/slots.ts";
import type { Slot } from "../pair.ts";
import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { describeSlot } from "./parts/words.ts";

export const structLostDescription = rule({
  id: "struct-lost-description",
  on: "field",
  level: "error",
  summary: "a struct on one side is a plain field on the other",
  why: "A struct puts its fields on the wire, a plain field its own bytes. They agree only if the fields add up to the same bytes.",
  fix: "Describe the field the same way on both sides.",
  check: (pair) => {
    const a = pair.from[0];
    const b = pair.to[0];
    if (
      pair.relation !== "matched" ||
      a === undefined ||
      b === undefined ||
      isStruct(a) === isStruct(b) ||
      isOpaqueSlot(a) ||
      isOpaqueSlot(b)
    )
      return undefined;
    const message = `${describeSlot(a)} is read as ${describeSlot(b)}.`;
    const bytes = isStruct(a) ? structBytes(a) : structBytes(b);
    const plain = leastBytes(isStruct(a) ? b : a);
    if (bytes === plain) return { level: "warning", certainty: "unknown", message: `${message} The bytes add up.` };
    return { message, predictedError: predict.footer(pair.frame) };
  },
});

/** Undefined when the struct holds anything whose bytes are not fixed. */
function structBytes(slot: Slot): number | undefined {
  const vmsd = slot.field.Description;
  if (vmsd === undefined || (vmsd.Subsections ?? []).length > 0) return undefined;
  const slots = slotsAt({ vmsd, pointer: "" }, vmsd.version_id);
  const bytes = slots.some((inner) => inner.conditional) ? undefined : sumBytes(slots);
  return bytes === undefined ? undefined : bytes * (countOf(slot) ?? 1);
}
