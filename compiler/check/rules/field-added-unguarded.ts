import { isOpaqueSlot, mayBeEmpty } from "../align/slots.ts";
import { rule } from "../rule.ts";
import { behindNestedVersion } from "./parts/nested-version.ts";
import { predict } from "./parts/predict.ts";
import { describeSlot } from "./parts/words.ts";

export const fieldAddedUnguarded = rule({
  id: "field-added-unguarded",
  on: "field",
  level: "error",
  summary: "the receiver reads a field that the sender does not write",
  why: "Fields are on the wire without name or length. A receiver that expects one more takes the bytes of whatever follows for it, and all after that is shifted.",
  fix: "Send the new field in a subsection with a needed(), or raise version_id and give the field that version.",
  check: (pair) => {
    const slot = pair.relation === "one-sided" && pair.from.length === 0 ? pair.to[0] : undefined;
    if (slot === undefined || pair.guardedOut !== undefined || behindNestedVersion(pair)) return undefined;
    const { name } = pair.frame.to.vmsd;
    const message = `${describeSlot(slot)} is read but never sent.`;
    if (isOpaqueSlot(slot) || mayBeEmpty(pair, slot)) return { level: "warning", certainty: "unknown", message };
    return {
      message,
      predictedError: predict.footer(pair.frame),
      advice: `Move '${slot.label}' out of the fields of ${name} into a subsection "${name}/${slot.label}" whose needed() is true only when its value matters, and set the default in pre_load. A property switched off by hw_compat keeps old machine types as they were.`,
    };
  },
});
