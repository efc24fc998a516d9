import { elementBytes } from "../../describe/index.ts";
import { leastBytes } from "../align/slots.ts";
import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { describeSize } from "./parts/words.ts";

export const fieldSizeChanged = rule({
  id: "field-size-changed",
  on: "field",
  level: "error",
  summary: "an element has another size",
  why: "The receiver reads more or fewer bytes than were sent. Even where the total is the same, another element size means another byte order.",
  fix: "Keep the size on the wire; convert in pre_save and post_load, or send the wider value in a subsection.",
  check: (pair) => {
    const a = pair.from[0];
    const b = pair.to[0];
    if (pair.relation !== "matched" || a === undefined || b === undefined) return undefined;
    const sent = elementBytes(a.field);
    const read = elementBytes(b.field);
    if (sent === undefined || read === undefined || sent === read) return undefined;
    const same = leastBytes(a) === leastBytes(b);
    return {
      message: `'${a.label}' is sent as ${describeSize(a)} and read as ${describeSize(b)}${same ? ": as many bytes, in another order" : ""}.`,
      ...(same ? {} : { predictedError: predict.footer(pair.frame) }),
    };
  },
});
