import { fieldsIn } from "../../../expr/children.ts";
import type { FieldIr } from "../../../ir.ts";
import { bodiesOf } from "../../nested.ts";
import { expressionsOf } from "../expressions.ts";
import { type Fault, type FieldNode, lintRule } from "../lint-rule.ts";

/**
 * A load knows only what it has read. The main fields come before all subsections, and a subsection may come before or after any other
 * that it is not nested in.
 */
export const askedTooEarly = lintRule({
  id: "asked-too-early",
  on: "field",
  level: "error",
  summary: "a count, a size or a predicate asks for a field that a load has not read by then",
  check: (node) => {
    const asking = expressionsOf(node.field).filter(({ expr }) => fieldsIn(expr).size > 0);
    if (asking.length === 0) return undefined;
    const known = readBefore(node);
    const withItself = new Set(known).add(node.field.key);
    return asking.flatMap(({ expr, what, role, part }) => {
      const available = role === "validate" ? withItself : known;
      return [...fieldsIn(expr)].filter((key) => !available.has(key)).map((key): Fault => ({ sentence: sentence(what, key, node), part }));
    });
  },
});

function readBefore({ index, parent: { body, outer } }: FieldNode): ReadonlySet<string> {
  const before = [...outer.flatMap(({ fields }) => fields), ...body.fields.slice(0, index)];
  return new Set(before.filter(isOnTheWire).map(({ key }) => key));
}

/** Whether a subsection was sent is known when all subsections were read. */
function isOnTheWire({ kind }: FieldIr): boolean {
  return kind.kind !== "sent";
}

function sentence(what: string, key: string, { field, parent: { body, vmsd } }: FieldNode): string {
  if (key === field.key) return `${what} asks for the field itself, which is not read yet.`;
  const home = bodiesOf(vmsd).find((each) => each.body.fields.some((one) => one.key === key));
  const asked = home?.body.fields.find((one) => one.key === key);
  if (asked !== undefined && !isOnTheWire(asked)) return `${what} asks for '${key}', which is known only behind the last subsection.`;
  if (home !== undefined && home.body !== body) return `${what} asks for '${key}', which is read with '${home.body.name}', and not before.`;
  return `${what} asks for '${key}', which comes later on the wire; '${key}' belongs before '${field.key}'.`;
}
