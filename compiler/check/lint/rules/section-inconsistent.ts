import { lintRule } from "../lint-rule.ts";

export const sectionInconsistent = lintRule({
  id: "section-inconsistent",
  on: "section",
  level: "error",
  summary: "a section and its description state different versions",
  why: "A build writes the description's two version numbers a second time beside the section's name. Where they differ the file was edited or damaged, and nobody can tell which number is on the wire.",
  fix: "Dump the metadata again from the build itself.",
  check: ({ section }) => {
    const inner = section.Description;
    if (inner === undefined) return undefined;
    const differences = (["version_id", "minimum_version_id"] as const).flatMap((key) =>
      section[key] !== undefined && inner[key] !== undefined && section[key] !== inner[key]
        ? [`${key} is ${section[key]} in the section and ${inner[key]} in its description`]
        : [],
    );
    return differences.length === 0 ? undefined : { message: `Of the versions, ${differences.join("; ")}.` };
  },
});
