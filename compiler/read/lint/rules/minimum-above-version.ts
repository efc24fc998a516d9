import { lintRule } from "../lint-rule.ts";

export const minimumAboveVersion = lintRule({
  id: "minimum-above-version",
  on: "body",
  level: "error",
  summary: "a vmsd refuses what it sends itself",
  part: "minimumVersionId",
  check: ({ body }) =>
    body.minimumVersionId > body.versionId
      ? `'${body.name}' writes version ${body.versionId} and accepts none below ${body.minimumVersionId}.`
      : undefined,
});
