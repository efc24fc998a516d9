import { lintRule } from "../lint-rule.ts";

export const predicateAndGuard = lintRule({
  id: "predicate-and-guard",
  on: "field",
  level: "info",
  summary: "a field has a predicate and a version",
  why: "Where a field has a predicate, that alone decides whether it is on the wire; its version is not looked at and guards nothing.",
  fix: "Test the version inside the predicate, which is handed it, and leave the field's own at 0.",
  check: ({ field }) =>
    field.field_exists === true && field.version_id > 0
      ? { message: `Field '${field.field}' has a predicate, so its version ${field.version_id} has no effect.` }
      : undefined,
});
