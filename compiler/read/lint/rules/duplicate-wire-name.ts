import { excludeEachOther } from "../excludes.ts";
import { lintRule } from "../lint-rule.ts";

export const duplicateWireName = lintRule({
  id: "duplicate-wire-name",
  on: "field",
  level: "warning",
  summary: "two fields have one name on the wire and may both be there, so that tools cannot tell them apart",
  part: "kind",
  check: ({ field, index, parent: { body } }) => {
    const other = body.fields.slice(0, index).find(({ name, kind }) => name === field.name && kind.kind !== "unused_buffer");
    if (other === undefined || field.kind.kind === "unused_buffer" || excludeEachOther(other, field)) return undefined;
    return `Field '${field.key}' is named '${field.name}', as '${other.key}' before it is, and nothing says that only one of them is there.`;
  },
});
