import { conditionsDiffer } from "../align/differs.ts";
import { countOf, isOpaqueSlot, isPadding, isStruct, sumBytes } from "../align/slots.ts";
import type { Slot } from "../pair.ts";
import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { describeSlots } from "./parts/words.ts";

export const fieldToUnused = rule({
  id: "field-to-unused",
  on: "field",
  level: "info",
  summary: "padding stands where the other side has fields",
  why: "Padding keeps the bytes in step: a receiver that has padding skips the value. A receiver that still has the field reads zeros for it.",
  fix: "Nothing when the bytes are equal; otherwise correct the size of the padding. A receiver that still has the field must cope with zero.",
  check: (pair) => {
    if (pair.relation !== "padding") return undefined;
    const { from, to } = pair;
    const dropped = to.every(isPadding);
    const fields = dropped ? from : to;
    const several = fields.length > 1;
    const message = dropped
      ? `${describeSlots(from)} ${several ? "are" : "is"} skipped as padding.`
      : `${describeSlots(to)} ${several ? "are read from padding and become" : "is read from padding and becomes"} 0.`;
    const level = dropped ? ("info" as const) : ("warning" as const);
    if (bytesDepend(from, to)) return { level: "warning", certainty: "depends", message };
    const [sent, read] = [sumBytes(from), sumBytes(to)];
    if (sent !== undefined && sent === read) return { level, message };
    const padding = (dropped ? read : sent) ?? 0;
    if (!fields.every(isPadding) && (fields.some((slot) => isStruct(slot) || isOpaqueSlot(slot)) || fitsSomeCount(fields, padding))) {
      return { level: "warning", certainty: "unknown", message: `${message} Whether the sizes agree cannot be told.` };
    }
    return {
      level: "error",
      message: `${describeSlots(from)} stands against ${describeSlots(to)}: ${sent} bytes are sent and ${read} read.`,
      predictedError: predict.footer(pair.frame),
    };
  },
});

/** A single slot against a single slot, each under a condition, is taken to be under the same one, as anywhere else. */
function bytesDepend(from: readonly Slot[], to: readonly Slot[]): boolean {
  const [a, b] = [from[0], to[0]];
  if (from.length === 1 && to.length === 1 && a?.conditional === true && b?.conditional === true)
    return conditionsDiffer(a, b) || (a.field.exists !== undefined && b.field.exists !== undefined && a.field.exists !== b.field.exists);
  return [...from, ...to].some((slot) => slot.conditional);
}

/** An uncounted field fills the padding if it has the right number of elements. */
function fitsSomeCount(fields: readonly Slot[], padding: number): boolean {
  const open = fields.filter((slot) => countOf(slot) === undefined);
  const rest = padding - (sumBytes(fields.filter((slot) => countOf(slot) !== undefined)) ?? 0);
  return open.length > 0 && rest > 0 && open.some((slot) => rest % slot.field.size === 0);
}
