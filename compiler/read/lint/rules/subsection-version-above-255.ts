import { lintRule } from "../lint-rule.ts";

/** The loader keeps the version of a subsection in one byte. */
const LARGEST = 255;

export const subsectionVersionAbove255 = lintRule({
  id: "subsection-version-above-255",
  on: "body",
  level: "error",
  summary: "a subsection's version does not fit into the loader's byte",
  part: "versionId",
  check: ({ body: { name, versionId }, outer }) =>
    outer.length > 0 && versionId > LARGEST
      ? `Subsection '${name}' has version ${versionId}, which a loader takes for ${versionId % (LARGEST + 1)}.`
      : undefined,
});
