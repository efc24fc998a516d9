import { isOpaqueSlot, mayBeEmpty } from "../align/slots.ts";
import { rule } from "../rule.ts";
import { behindNestedVersion } from "./parts/nested-version.ts";
import { predict } from "./parts/predict.ts";
import { describeSlot } from "./parts/words.ts";

export const fieldRemoved = rule({
  id: "field-removed",
  on: "field",
  level: "error",
  summary: "the sender writes a field that the receiver does not read",
  why: "The receiver takes the bytes for the next field; all after that is shifted. At the end of a section the loader may not even notice, and values land in the wrong fields.",
  fix: "Leave unused padding of the same size where the field was; towards an older build, stop sending it by a property or a subsection.",
  check: (pair) => {
    const slot = pair.relation === "one-sided" && pair.to.length === 0 ? pair.from[0] : undefined;
    if (slot === undefined || pair.guardedOut !== undefined || behindNestedVersion(pair)) return undefined;
    const message = `${describeSlot(slot)} is sent but not read.`;
    if (isOpaqueSlot(slot) || mayBeEmpty(pair, slot)) return { level: "warning", certainty: "unknown", message };
    return {
      message,
      predictedError: predict.footer(pair.frame),
      advice: `Where '${slot.label}' was dropped, keep its bytes: VMSTATE_UNUSED(${slot.field.size * (slot.field.num ?? 1)}). Where it was added, send it in a subsection "${pair.frame.from.vmsd.name}/${slot.label}" with a needed() instead.`,
    };
  },
});
