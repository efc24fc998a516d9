import { bodiesOf } from "../../nested.ts";
import { lintRule } from "../lint-rule.ts";

export const duplicateStateKey = lintRule({
  id: "duplicate-state-key",
  on: "field",
  level: "error",
  summary: "a key is used in two bodies of a vmsd, which share one state",
  check: ({ field, parent: { body, vmsd } }) => {
    if (field.kind.kind === "unused_buffer") return undefined;
    const bodies = bodiesOf(vmsd).map((each) => each.body);
    const before = bodies.slice(0, bodies.indexOf(body));
    const other = before.find(({ fields }) => fields.some(({ key, kind }) => key === field.key && kind.kind !== "unused_buffer"));
    if (other === undefined) return undefined;
    return `'${body.name}' and '${other.name}' both have a field '${field.key}', and one state; 'named("${field.name}", ...)' keeps the name under another key.`;
  },
});
