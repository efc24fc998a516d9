import { rule } from "../rule.ts";
import { describeSlots } from "./parts/words.ts";

export const fieldSplitOrMerged = rule({
  id: "field-split-or-merged",
  on: "field",
  level: "warning",
  summary: "the same bytes are cut into other fields",
  why: "As many bytes are read as were sent, so nothing fails; whether the parts mean the same depends on byte order and on code.",
  fix: "Check that the parts are the big-endian halves of the whole, or keep the old field and convert.",
  check: ({ relation, from, to }) =>
    relation === "recut" ? { certainty: "unknown", message: `${describeSlots(from)} is read as ${describeSlots(to)}.` } : undefined,
});
