import { nestedIn } from "../../nested.ts";
import { type Fault, lintRule } from "../lint-rule.ts";

export const tmpVersion = lintRule({
  id: "tmp-version",
  on: "field",
  level: "error",
  summary: "a temporary vmsd that does not accept version 0, at which it is loaded",
  part: "kind",
  check: ({ field: { key, kind }, parent: { ir } }) =>
    nestedIn(kind).flatMap(({ id, holder }): Fault[] => {
      const inner = ir.vmsds[id];
      if (holder.kind !== "tmp" || inner === undefined) return [];
      if (inner.minimumVersionId > 0)
        return [{ sentence: `Field '${key}' is loaded at version 0; '${inner.name}' accepts none below ${inner.minimumVersionId}.` }];
      const late = inner.fields.find((field) => field.exists === undefined && field.since > 0);
      if (late === undefined) return [];
      return [{ sentence: `Field '${key}' is loaded at version 0, in which '${inner.name}' has no '${late.key}', yet it is sent.` }];
    }),
});
