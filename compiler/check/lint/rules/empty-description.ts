import { lintRule } from "../lint-rule.ts";

export const emptyDescription = lintRule({
  id: "empty-description",
  on: "vmsd",
  level: "info",
  summary: "a description has neither fields nor subsections",
  why: "Nothing of it is sent. Devices that refuse to migrate look like this, since metadata does not say that they do; others lose their state.",
  fix: "Nothing, if the device cannot migrate or the presence of the section is all it says; otherwise describe its state.",
  check: ({ vmsd, owner }) =>
    (vmsd.Fields ?? []).length === 0 && (vmsd.Subsections ?? []).length === 0 && owner.section.unmigratable !== true
      ? { message: `'${vmsd.name}' sends nothing.` }
      : undefined,
});
