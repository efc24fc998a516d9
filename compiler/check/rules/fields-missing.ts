import { isOpaqueSlot, slotsAt } from "../align/slots.ts";
import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { describeSlots } from "./parts/words.ts";

export const fieldsMissing = rule({
  id: "fields-missing",
  on: "vmsd",
  level: "error",
  summary: "one side has no fields at all",
  why: "What one side writes the other must read: a side without fields leaves all bytes unread, or reads bytes that nobody sent.",
  fix: "Give the description its fields back; state that is not needed any more stays as unused padding.",
  check: ({ frame }) => {
    const sent = slotsAt(frame.from, frame.fromVersion);
    const read = slotsAt(frame.to, frame.toVersion);
    const [full, side] =
      sent.length > 0 ? [sent, "sent, but the loading side has no fields"] : [read, "read, but the saving side has no fields"];
    if (sent.length > 0 === read.length > 0) return undefined;
    const message = `${describeSlots(full.slice(0, 4))}${full.length > 4 ? ` and ${full.length - 4} more` : ""} would be ${side}.`;
    // A device that cannot migrate also has no fields, and an opaque field may write nothing.
    if (full.every(isOpaqueSlot)) return { level: "warning", certainty: "unknown", message };
    if (full.every((slot) => slot.conditional || isOpaqueSlot(slot))) return { level: "warning", certainty: "depends", message };
    return { message, predictedError: predict.footer(frame) };
  },
});
