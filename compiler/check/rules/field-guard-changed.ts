import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { describeSlot } from "./parts/words.ts";

export const fieldGuardChanged = rule({
  id: "field-guard-changed",
  on: "field",
  level: "error",
  summary: "both sides have the field, but only one of them at the version that is sent",
  why: "Without a predicate a field exists from its own version on. With different field versions the two sides disagree on whether it is there.",
  fix: "Never change the version of a field that was released.",
  check: (pair) => {
    const slot = pair.from[0] ?? pair.to[0];
    if (pair.relation !== "one-sided" || pair.guardedOut === undefined || slot === undefined) return undefined;
    const [sent, read] = pair.from.length > 0 ? [slot, pair.guardedOut] : [pair.guardedOut, slot];
    const action = pair.from.length > 0 ? "sent but not read" : "read but not sent";
    return {
      message: `${describeSlot(slot)} is ${action}: it exists from version ${sent.field.version_id} on the saving side and from ${read.field.version_id} on the loading side.`,
      predictedError: predict.footer(pair.frame),
    };
  },
});
