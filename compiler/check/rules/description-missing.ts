import { rule } from "../rule.ts";

export const descriptionMissing = rule({
  id: "description-missing",
  on: "section",
  level: "error",
  summary: "one side has a section without a layout",
  why: "A build writes a description for every section that it lists; without one the side can neither send nor load this state.",
  fix: "Dump the metadata again; if the description is still missing, give the device its vmsd back.",
  check: ({ from, to }) => {
    if (from === undefined || to === undefined) return undefined;
    if (from.section.Description !== undefined && to.section.Description === undefined) {
      return { certainty: "likely", message: "The saving side describes this state, the loading side has no description of it." };
    }
    if (from.section.Description === undefined && to.section.Description !== undefined) {
      return { level: "warning", certainty: "unknown", message: "The saving side has no description of this state." };
    }
    return undefined;
  },
});
