import { nestedIn } from "../../nested.ts";
import { type Fault, LISTS, lintRule } from "../lint-rule.ts";

/** Elements are sent at their own version and loaded at that of the field, which nothing on the wire reconciles. */
export const listVersion = lintRule({
  id: "list-version",
  on: "field",
  level: "error",
  summary: "a list whose elements are loaded at a version that they do not have, or not in full",
  part: "kind",
  check: ({ field: { key, kind, since }, parent: { ir } }) =>
    nestedIn(kind).flatMap(({ id, holder }): Fault[] => {
      const inner = ir.vmsds[id];
      if (!LISTS.has(holder.kind) || inner === undefined) return [];
      const fix = "'since(...)' around the list says the version";
      if (since > inner.versionId || since < inner.minimumVersionId) {
        const accepted = `${inner.minimumVersionId} to ${inner.versionId}`;
        return [{ sentence: `The elements of '${key}' are loaded at version ${since}; '${inner.name}' accepts ${accepted}, and ${fix}.` }];
      }
      const late = inner.fields.find((field) => field.exists === undefined && field.since > since);
      if (late === undefined) return [];
      return [
        {
          sentence: `The elements of '${key}' are loaded at version ${since}, in which '${inner.name}' has no '${late.key}', yet it is sent; ${fix}.`,
        },
      ];
    }),
});
