import { rule } from "../rule.ts";

export const countSourceChanged = rule({
  id: "count-source-changed",
  on: "field",
  level: "warning",
  summary: "an array takes its length from another field",
  why: "The number of elements is not on the wire; each side reads it from a field of its own. From different fields it may differ.",
  fix: "Keep the field that counts, or make both hold the same value.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    const sent = a?.field.count?.field;
    const read = b?.field.count?.field;
    if ((relation !== "matched" && relation !== "renamed") || sent === undefined || read === undefined || sent === read) return undefined;
    return {
      certainty: "unknown",
      message: `'${a?.label}' has as many elements as '${sent}' says on the saving and '${read}' on the loading side.`,
    };
  },
});
