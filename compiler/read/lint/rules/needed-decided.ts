import { decided } from "../../../expr/fold.ts";
import { lintRule } from "../lint-rule.ts";

export const neededDecided = lintRule({
  id: "needed-decided",
  on: "body",
  level: "warning",
  summary: "a section or a subsection that is always or never sent, though it has a predicate",
  part: "needed",
  check: ({ body: { name, needed } }) => {
    const value = decided(needed);
    return value === undefined ? undefined : `The predicate of '${name}' is always ${value}.`;
  },
});
