import { decided } from "../../../expr/fold.ts";
import { lintRule } from "../lint-rule.ts";

export const absentNeverUsed = lintRule({
  id: "absent-never-used",
  on: "field",
  level: "error",
  summary: "an absent value for a field that every accepted version carries",
  part: "absent",
  check: ({ field, parent: { body, outer } }) => {
    if (field.absent === undefined || outer.length > 0) return undefined;
    const always = field.exists === undefined ? field.since <= body.minimumVersionId : decided(field.exists) === true;
    if (!always) return undefined;
    return `Field '${field.key}' is on the wire in every version that '${body.name}' accepts, so that its absent value is never used.`;
  },
});
