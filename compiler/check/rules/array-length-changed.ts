import { predict } from "../predict.ts";
import { rule } from "../rule.ts";
import { countOf } from "../slots.ts";

export const arrayLengthChanged = rule({
  id: "array-length-changed",
  on: "field",
  level: "error",
  summary: "an array has another number of elements",
  why: "The count of a fixed array is not on the wire: each side uses its own.",
  fix: "Keep the old count on the wire and send further elements in a subsection.",
  check: (pair) => {
    const [a] = pair.from;
    const [b] = pair.to;
    if (
      pair.relation !== "matched" ||
      a === undefined ||
      b === undefined ||
      (a.field.size !== b.field.size && a.field.Description === undefined)
    )
      return undefined;
    const sent = countOf(a);
    const read = countOf(b);
    if (sent === undefined || read === undefined || sent === read) return undefined;
    return { message: `'${a.label}' is sent with ${sent} elements and read with ${read}.`, predictedError: predict.footer(pair.frame) };
  },
});
