import type { Slot } from "../pair.ts";
import { rule } from "../rule.ts";
import { describeSize } from "./parts/words.ts";

export const conditionalAlternativesChanged = rule({
  id: "conditional-alternatives-changed",
  on: "field",
  level: "warning",
  summary: "the alternatives of a conditional field differ",
  why: "Fields of one name with a predicate each are alternatives, of which one is on the wire. An alternative that only one side has breaks the machines for which it is chosen.",
  fix: "Keep every alternative that a supported machine can choose.",
  check: ({ relation, from, to }) => {
    const name = (from[0] ?? to[0])?.label;
    if (relation !== "alternatives") return undefined;
    const sizes = new Set(to.map(describeSize));
    const shared = from.some((slot) => sizes.has(describeSize(slot)));
    const always = [from, to].some((side) => side.every((slot) => !slot.conditional));
    const message = `'${name}' is sent as ${list(from)} and read as ${list(to)}, each under its condition.`;
    return shared || always ? { certainty: "depends", message } : { level: "error", message };
  },
});

function list(slots: readonly Slot[]): string {
  return slots.map(describeSize).join(" or ");
}
