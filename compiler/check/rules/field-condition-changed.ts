import { conditionsDiffer } from "../align/differs.ts";
import { predicatesOf } from "../align/slots.ts";
import type { Slot } from "../pair.ts";
import { rule } from "../rule.ts";

export const fieldConditionChanged = rule({
  id: "field-condition-changed",
  on: "field",
  level: "warning",
  summary: "a field became conditional, or is no longer, or its condition changed",
  why: "A predicate decides on each side whether the field is on the wire. Metadata shows that there is one, not when it is true; the sides agree only if it comes out the same.",
  fix: "Make sure that the predicate is true for machine types of the older build, by a property that hw_compat sets or by the version.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    if ((relation !== "matched" && relation !== "renamed") || a === undefined || b === undefined) return undefined;
    const name = a.label === b.label ? `'${a.label}'` : `'${a.label}' (loaded as '${b.label}')`;
    if (conditionsDiffer(a, b)) {
      if (a.conditional && b.conditional)
        return { certainty: "depends", message: `${name} is sent under ${conditions(a)} and read under ${conditions(b)}.` };
      return {
        certainty: "depends",
        message: a.conditional
          ? `${name} is sent only under its condition, but always read.`
          : `${name} is always sent, but read only under its condition.`,
      };
    }
    if (a.field.exists !== undefined && b.field.exists !== undefined && a.field.exists !== b.field.exists) {
      return { certainty: "depends", message: `${name} is sent when ${a.field.exists} and read when ${b.field.exists}.` };
    }
    return undefined;
  },
});

function conditions(slot: Slot): string {
  const count = predicatesOf(slot);
  return count === 1 ? "one condition" : `${count} conditions`;
}
