import { countOf } from "../align/slots.ts";
import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";

export const arrayLengthChanged = rule({
  id: "array-length-changed",
  on: "field",
  level: "error",
  summary: "an array has another number of elements",
  why: "The count of a fixed array is not on the wire: each side uses its own.",
  fix: "Keep the old count on the wire and send further elements in a subsection.",
  check: (pair) => {
    const a = pair.from[0];
    const b = pair.to[0];
    if (
      pair.relation !== "matched" ||
      a === undefined ||
      b === undefined ||
      (a.field.size !== b.field.size && a.field.Description === undefined)
    )
      return undefined;
    const sent = countOf(a);
    const read = countOf(b);
    if (sent === read) return undefined;
    if (sent !== undefined && read !== undefined) {
      return { message: `'${a.label}' is sent with ${sent} elements and read with ${read}.`, predictedError: predict.footer(pair.frame) };
    }
    // Both files count their fixed arrays, so the side without a count has a single value, or an array that another field counts.
    if (!pair.countsKnown || (sent ?? 1) === (read ?? 1)) return undefined;
    const [fixed, other] = sent === undefined ? [read, "saving"] : [sent, "loading"];
    return {
      level: "warning",
      certainty: "unknown",
      message: `'${a.label}' is a fixed array of ${fixed} on one side and none on the ${other} side.`,
    };
  },
});
