import { lintRule } from "../lint-rule.ts";

export const duplicateSubsectionName = lintRule({
  id: "duplicate-subsection-name",
  on: "vmsd",
  level: "warning",
  summary: "a description has two subsections of one name",
  why: "The loader looks a subsection up by its name and always finds the first. What the second one sends is read by the first one's layout.",
  fix: "Remove the second subsection, or give it a name of its own.",
  check: ({ kind, vmsd, index, parent }) =>
    kind === "subsection" && (parent?.vmsd.Subsections ?? []).slice(0, index).some(({ name }) => name === vmsd.name)
      ? { message: `'${parent?.vmsd.name}' has another subsection '${vmsd.name}' before this one.` }
      : undefined,
});
