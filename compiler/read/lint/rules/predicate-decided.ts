import { decided } from "../../../expr/fold.ts";
import { expressionsOf } from "../expressions.ts";
import { type Fault, lintRule } from "../lint-rule.ts";

export const predicateDecided = lintRule({
  id: "predicate-decided",
  on: "field",
  level: "warning",
  summary: "a predicate of a field that is the same whatever the state is",
  check: ({ field }) =>
    expressionsOf(field).flatMap(({ expr, what, role, part }): Fault[] => {
      const value = role === "condition" || role === "validate" ? decided(expr) : undefined;
      return value === undefined ? [] : [{ sentence: `${what} is always ${value}.`, part }];
    }),
});
