import { lintRule } from "../lint-rule.ts";
import { typeFault } from "./expression-type.ts";

export const neededType = lintRule({
  id: "needed-type",
  on: "body",
  level: "error",
  summary: "the predicate that sends a section or a subsection is no boolean, or mixes types",
  check: (node) => {
    const { needed, name } = node.body;
    if (needed === undefined) return undefined;
    const fault = typeFault({ expr: needed, what: `The predicate of '${name}'`, role: "condition", part: "needed" }, node);
    return fault === undefined ? undefined : [fault];
  },
});
