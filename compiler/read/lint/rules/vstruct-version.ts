import { nestedIn } from "../../nested.ts";
import { type Fault, lintRule } from "../lint-rule.ts";

export const vstructVersion = lintRule({
  id: "vstruct-version",
  on: "field",
  level: "error",
  summary: "a struct at a version that its vmsd does not have",
  part: "kind",
  check: ({ field: { key, kind }, parent: { ir } }) =>
    nestedIn(kind).flatMap(({ id, holder }): Fault[] => {
      const inner = ir.vmsds[id];
      if (holder.kind !== "vstruct" || inner === undefined) return [];
      const { minimumVersionId, versionId, name } = inner;
      if (holder.versionId >= minimumVersionId && holder.versionId <= versionId) return [];
      return [
        { sentence: `Field '${key}' is '${name}' at version ${holder.versionId}; '${name}' accepts ${minimumVersionId} to ${versionId}.` },
      ];
    }),
});
