import { lintRule } from "../lint-rule.ts";

export const subsectionNamePrefix = lintRule({
  id: "subsection-name-prefix",
  on: "vmsd",
  level: "error",
  summary: "a subsection is not named after its parent",
  why: "The loader takes what follows the fields for a subsection only when its name begins with the parent's name and is longer. This one would be written, but nobody could read it back.",
  fix: "Begin the subsection's name with the name of the description that it belongs to.",
  check: ({ kind, vmsd, parent }) => {
    if (kind !== "subsection" || parent === undefined) return undefined;
    const outer = parent.vmsd.name;
    if (vmsd.name.startsWith(outer) && vmsd.name.length > outer.length) return undefined;
    return {
      message: `Subsection '${vmsd.name}' does not begin with '${outer}', the name of its parent.`,
      advice: `Call it "${outer}/${vmsd.name.split("/").at(-1)}".`,
    };
  },
});
