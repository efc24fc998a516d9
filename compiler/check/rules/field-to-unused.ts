import { conditionsDiffer } from "../align/differs.ts";
import { knownBytes } from "../align/nested-slots.ts";
import { countOf, isPadding, isStruct } from "../align/slots.ts";
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
    const [sent, read] = [knownBytes(from), knownBytes(to)];
    if (sent !== undefined && sent === read) return { level, message };
    const padding = (dropped ? read : sent) ?? 0;
    if (!fields.every(isPadding) && (knownBytes(fields) === undefined || fitsSomeCount(fields, padding))) {
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
  const open = fields.filter((slot) => countOf(slot) === undefined && !isStruct(slot));
  const rest = padding - (knownBytes(fields.filter((slot) => !open.includes(slot))) ?? 0);
  return open.length > 0 && rest > 0 && open.some((slot) => rest % slot.field.size === 0);
}
