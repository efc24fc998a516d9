import { lintRule } from "../lint-rule.ts";

export const guardAboveVersion = lintRule({
  id: "guard-above-version",
  on: "field",
  level: "error",
  summary: "a field waits for a version that its vmsd never reaches, so that it is neither sent nor read",
  part: "kind",
  check: ({ field, parent: { body } }) =>
    field.exists === undefined && field.since > body.versionId
      ? `Field '${field.key}' is there from version ${field.since} on, but '${body.name}' is at version ${body.versionId}.`
      : undefined,
});
