import { lintRule } from "../lint-rule.ts";

export const nestedVersionGuard = lintRule({
  id: "nested-version-guard",
  on: "field",
  level: "info",
  summary: "a field of a nested struct waits for a version that does not travel",
  why: "Only the versions of sections and subsections travel. Each side reads a nested struct by its own version of it, so the guard keeps no build apart from another.",
  fix: "Leave a released struct as it is. Guard further fields by a predicate on the section's version, or send them in a subsection.",
  check: ({ field, parent: { kind, vmsd } }) => {
    // At or below the minimum the guard does not even claim to keep anything apart.
    if (kind !== "struct" || field.field_exists === true || field.version_id <= (vmsd.minimum_version_id ?? 0)) return undefined;
    return {
      message: `Field '${field.field}' exists from version ${field.version_id} of the struct '${vmsd.name}', and that version is not on the wire.`,
    };
  },
});
