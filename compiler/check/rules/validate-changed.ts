import { rule } from "../rule.ts";

export const validateChanged = rule({
  id: "validate-changed",
  on: "field",
  level: "warning",
  summary: "a load accepts other values",
  why: "A value that the sender may hold can be refused by the receiver.",
  fix: "Accept at least what every supported sender can hold.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    const sent = a?.field.validate;
    const read = b?.field.validate;
    if ((relation !== "matched" && relation !== "renamed") || sent === undefined || read === undefined || sent === read) return undefined;
    return { certainty: "depends", message: `'${a?.label}' is saved under '${sent}' and accepted under '${read}'.` };
  },
});
