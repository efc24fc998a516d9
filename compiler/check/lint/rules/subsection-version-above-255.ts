import { lintRule } from "../lint-rule.ts";

/** The loader keeps the version in one byte. */
const LARGEST = 255;

export const subsectionVersionAbove255 = lintRule({
  id: "subsection-version-above-255",
  on: "vmsd",
  level: "error",
  summary: "a subsection's version does not fit into the loader's byte",
  why: "The loader keeps a subsection's version in one byte, so that a larger one wraps around and is judged as another version.",
  fix: "Keep the version of a subsection at 255 or below; for more state add another subsection.",
  check: ({ kind, vmsd: { name, version_id } }) =>
    kind === "subsection" && version_id > LARGEST
      ? { message: `Subsection '${name}' has version ${version_id}, which a loader takes for ${version_id % (LARGEST + 1)}.` }
      : undefined,
});
