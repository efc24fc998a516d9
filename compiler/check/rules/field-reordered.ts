import { rule } from "../rule.ts";
import { describeSlot } from "./parts/words.ts";

export const fieldReordered = rule({
  id: "field-reordered",
  on: "field",
  level: "error",
  summary: "the same fields come in another order",
  why: "Order is all that says which bytes belong to which field. With equal sizes nothing fails and values are swapped in silence.",
  fix: "Restore the order; new fields go to the end, in a subsection.",
  check: ({ relation, from }) =>
    relation === "moved" && from[0] !== undefined
      ? { message: `${describeSlot(from[0])} stands at another place on the loading side.` }
      : undefined,
});
