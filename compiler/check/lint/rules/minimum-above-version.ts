import { lintRule } from "../lint-rule.ts";

export const minimumAboveVersion = lintRule({
  id: "minimum-above-version",
  on: "vmsd",
  level: "error",
  summary: "a description does not accept what it sends itself",
  why: "State is sent at version_id and refused below minimum_version_id. With the minimum above the version a build refuses even its own state.",
  fix: "Set minimum_version_id to version_id or below.",
  check: ({ vmsd: { name, version_id, minimum_version_id } }) =>
    minimum_version_id !== undefined && minimum_version_id > version_id
      ? { message: `'${name}' is at version ${version_id}, but accepts only ${minimum_version_id} and later.` }
      : undefined,
});
