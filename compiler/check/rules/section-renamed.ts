import { rule } from "../rule.ts";

export const sectionRenamed = rule({
  id: "section-renamed",
  on: "section",
  level: "info",
  summary: "the device type has another name, the state the same",
  why: "Only the description's name is on the wire, never the type's, so a renamed type alone changes no byte.",
  fix: "Nothing for migration; a command line or a domain definition may need the new name.",
  check: ({ from, to }) =>
    from !== undefined && to !== undefined && from.type !== to.type
      ? { message: `Type '${from.type}' stands against '${to.type}'; both send '${from.section.Description?.name}'.` }
      : undefined,
});
