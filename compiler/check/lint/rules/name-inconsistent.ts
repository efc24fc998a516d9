import { lintRule } from "../lint-rule.ts";

export const nameInconsistent = lintRule({
  id: "name-inconsistent",
  on: "section",
  level: "warning",
  summary: "a section's key and its Name differ",
  why: "A build writes the device's type both as the key and as Name. Where they differ the file was edited, and a scope by device types may miss the section.",
  fix: "Dump the metadata again from the build itself.",
  check: ({ type, section, origin }) =>
    // A stream has no types: there a section is keyed by its description's name, numbered when that repeats.
    origin === "stream" || section.Name === undefined || section.Name === type
      ? undefined
      : { message: `The section with the key '${type}' has the Name '${section.Name}'.` },
});
