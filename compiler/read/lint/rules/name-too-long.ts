import { lintRule } from "../lint-rule.ts";

/** On the wire a name is a byte with its length and that many bytes. */
const LONGEST = 255;

export const nameTooLong = lintRule({
  id: "name-too-long",
  on: "body",
  level: "error",
  summary: "a section's or a subsection's name does not fit into the byte for its length, or is empty",
  check: ({ body: { name } }) => {
    const bytes = new TextEncoder().encode(name).length;
    if (bytes >= 1 && bytes <= LONGEST) return undefined;
    return `The name '${name.slice(0, 20)}${name.length > 20 ? "..." : ""}' has ${bytes} bytes; a name has 1 to ${LONGEST}.`;
  },
});
