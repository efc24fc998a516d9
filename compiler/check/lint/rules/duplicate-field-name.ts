import { isUnused } from "../../../describe/index.ts";
import { lintRule } from "../lint-rule.ts";

export const duplicateFieldName = lintRule({
  id: "duplicate-field-name",
  on: "field",
  level: "info",
  summary: "a description has two fields of one name",
  why: "Names are not on the wire, so this loads. But reports and stream descriptions cannot tell the two apart, and a field that was copied by mistake looks just like this.",
  fix: "See that both are meant. Alternatives of one slot need a predicate each.",
  check: ({ field, index, parent: { vmsd } }) => {
    if (isUnused(field)) return undefined;
    const earlier = (vmsd.Fields ?? []).slice(0, index).filter(({ field: name }) => name === field.field);
    // Without field_exists (a stream) the two may be alternatives.
    const clash = earlier.find((other) => other.field_exists === false || (field.field_exists === false && other.field_exists === true));
    if (clash === undefined) return undefined;
    const always = field.field_exists === false && clash.field_exists === false ? "both without" : "not each with";
    return { message: `'${vmsd.name}' has another field '${field.field}' before this one, ${always} a predicate.` };
  },
});
