import { lintRule } from "../lint-rule.ts";

export const guardAboveVersion = lintRule({
  id: "guard-above-version",
  on: "field",
  level: "error",
  summary: "a field waits for a version that its description never reaches",
  why: "A field without a predicate is sent from its own version on. Above the description's version it is neither sent nor read, and its state is lost on every move.",
  fix: "Raise the version of the description to that of the field, or lower the field's.",
  check: ({ field, parent: { vmsd } }) =>
    field.field_exists !== true && field.version_id > vmsd.version_id
      ? { message: `Field '${field.field}' exists from version ${field.version_id}, but '${vmsd.name}' is at version ${vmsd.version_id}.` }
      : undefined,
});
