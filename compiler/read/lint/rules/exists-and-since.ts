import { nestedIn } from "../../nested.ts";
import { LISTS, lintRule } from "../lint-rule.ts";

export const existsAndSince = lintRule({
  id: "exists-and-since",
  on: "field",
  level: "warning",
  summary: "a field has a predicate and a version, of which only the predicate counts",
  part: "exists",
  check: ({ field }) => {
    if (field.exists === undefined || field.since === 0) return undefined;
    // The elements of a list are loaded at that version, whatever sends the list.
    if (nestedIn(field.kind).some(({ holder }) => LISTS.has(holder.kind))) return undefined;
    return `Field '${field.key}' has a predicate, so that 'since(${field.since}, ...)' has no effect; the predicate is given the version.`;
  },
});
