import { lintRule } from "../lint-rule.ts";

/** A loader takes what does not begin with the name around for something that belongs further out. */
export const subsectionNamePrefix = lintRule({
  id: "subsection-name-prefix",
  on: "body",
  level: "error",
  summary: "a subsection's name does not begin with the name of what it is nested in",
  check: ({ body: { name }, outer }) => {
    const parent = outer.at(-1)?.name;
    if (parent === undefined || (name.startsWith(parent) && name !== parent)) return undefined;
    return `Subsection '${name}' is nested in '${parent}', so that its name begins with '${parent}' and is longer.`;
  },
});
