import { rule } from "../rule.ts";

export const absentValueChanged = rule({
  id: "absent-value-changed",
  on: "field",
  level: "warning",
  summary: "a field that is not sent becomes another value",
  why: "When a field or a subsection is not on the wire the receiver fills in a value of its own. The sender left it out because it had another one in mind.",
  fix: "Keep the value, or always send the field.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    if ((relation !== "matched" && relation !== "renamed") || a?.field.absent === undefined || b?.field.absent === undefined)
      return undefined;
    const [sent, read] = [JSON.stringify(a.field.absent), JSON.stringify(b.field.absent)];
    return sent === read
      ? undefined
      : { certainty: "depends", message: `'${a.label}' is left out at ${sent}, but becomes ${read} when it is not on the wire.` };
  },
});
