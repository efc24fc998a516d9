import { type Code, code, dot, indent, lines, list, propertyName, raw } from "../code/code.ts";
import type { LoadBody } from "../kinds/body/load-body.ts";
import type { Shape } from "../kinds/body/shape.ts";
import { inParts, isLarge } from "./large.ts";

/** Statements that give a new state: its fields in declared order, so that all states have one shape. */
export function fresh(shape: Shape, body: LoadBody): readonly Code[] {
  switch (shape.form) {
    case "literal":
      return [literal(shape.fields, body)];
    case "class": {
      const values = shape.fields.map(({ key }) => code`${dot(raw("s"), key)} = ${body.value(key)};`);
      return [code`const s = new StateObject();`, ...apartIfLarge("fillFields", values, body), code`return s;`];
    }
    case "groups": {
      const calls = shape.groups.map(({ type, fields }) => body.apart("readGroup", raw(type), new Map(), [literal(fields, body)]));
      return [code`return new StateObject(${list(calls)});`];
    }
  }
}

/** Statements that store into a state `s`. */
export function stores(shape: Shape, body: LoadBody): readonly Code[] {
  const into = (target: Code, fields: Shape["fields"]): Code[] => fields.flatMap((field) => body.store(field, dot(target, field.key)));
  if (shape.form !== "groups") return apartIfLarge("storeFields", into(raw("s"), shape.fields), body);
  const calls = shape.groups.map(({ name, type, fields }) =>
    body.apart("storeGroup", raw("void"), new Map([[name, raw(type)]]), into(raw(name), fields)),
  );
  return [
    code`const to = grouped(s);`,
    code`const { ${list(shape.groups.map(({ name }) => raw(name)))} } = to;`,
    ...calls.map((call) => code`${call};`),
    code`if (to !== s) Object.assign(s, to.toJSON());`,
  ];
}

/** Statements over a state `s` behind all that walks the bytes. */
function apartIfLarge(prefix: string, statements: readonly Code[], body: LoadBody): readonly Code[] {
  if (!isLarge([...body.out, ...statements])) return statements;
  const state = new Map([["s", raw("State")]]);
  return inParts(statements).map((part) => code`${body.apart(prefix, raw("void"), state, part)};`);
}

function literal(fields: Shape["fields"], body: LoadBody): Code {
  const members = fields.map(({ key }) => code`${propertyName(key)}: ${body.value(key)},`);
  return members.length === 0 ? raw("return {};") : lines([raw("return {"), indent(members), raw("};")]);
}
