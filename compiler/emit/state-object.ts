import { block, type Code, code, dot, indent, lines, list, literalOf, propertyName, raw } from "../code/code.ts";
import type { Definition } from "../code/scope.ts";
import type { VmsdIr } from "../ir.ts";
import type { Module } from "../kinds/body/module.ts";
import { type Group, type Shape, shapeOf } from "../kinds/body/shape.ts";
import { isScalar } from "../kinds/elements.ts";
import { kindOf, zeroOf } from "../kinds/index.ts";
import { zeroCode } from "../kinds/zero-code.ts";

/** The types of a state in generated code. */
export function stateTypes(vmsd: VmsdIr, into: Module): readonly Code[] {
  const shape = shapeOf(vmsd);
  const members = (fields: Shape["fields"]): Code[] =>
    fields.map(({ key, kind }) => code`${propertyName(key)}: ${kindOf(kind).type(kind, into)};`);
  if (shape.form !== "groups") return [block(code`export interface State`, members(shape.fields))];
  const groups = shape.groups.map(({ type, fields }) => block(code`interface ${raw(type)}`, members(fields)));
  const types = list(shape.groups.map(({ type }) => raw(type)));
  return [
    ...groups,
    code`/** Make one with \`create\`: any other object is copied at each save. */\nexport interface State extends ${types} {}`,
  ];
}

/** The class of a state that is no literal, and a function that makes one: that of a device that has just been made. */
export function stateClass(vmsd: VmsdIr, into: Module): readonly Definition[] {
  const shape = shapeOf(vmsd);
  if (shape.form === "literal") return [];
  const grouped = shape.form === "groups";
  return [
    { name: "StateObject", text: grouped ? accessors(shape.groups) : oneClass(shape, into), close: true },
    { name: "create", text: grouped ? createGroups(shape.groups, into) : createOne(shape, into), exported: true, close: true },
    ...(grouped ? [{ name: "grouped", text: GROUPED, close: true }] : []),
  ];
}

/** Fields are there from the beginning, each with a value of its representation; what is not a scalar gets its value behind that. */
function oneClass({ fields }: Shape, into: Module): Code {
  const members = fields.map(({ key, kind }) => {
    const type = kindOf(kind).type(kind, into);
    if (isScalar(kind)) return code`${memberName(key)} = ${literalOf(zeroOf(kind, into.program))};`;
    return code`${memberName(key)}: ${type} = ${type.text.endsWith("[]") ? raw("[]") : raw("undefined as never")};`;
  });
  return block(code`class StateObject implements State`, members);
}

/** A key as it stands in a class, where one of them means something else. */
function memberName(key: string): Code {
  return key === "constructor" ? raw('["constructor"]') : propertyName(key);
}

function createOne({ fields }: Shape, into: Module): Code {
  const rest = fields.filter(({ kind }) => !isScalar(kind)).map(({ key, kind }) => code`${dot(raw("s"), key)} = ${zeroCode(kind, into)};`);
  return block(code`function create(): State`, [code`const s: State = new StateObject();`, ...rest, code`return s;`]);
}

function accessors(groups: readonly Group[]): Code {
  const names = groups.map(({ name }) => raw(name));
  const parameters = list(groups.map(({ name, type }) => raw(`${name}: ${type}`)));
  const members = [
    ...groups.map(({ name, type }) => raw(`readonly ${name}: ${type};`)),
    raw(""),
    block(
      code`constructor(${parameters})`,
      names.map((name) => code`this.${name} = ${name};`),
    ),
    raw(""),
    code`/** The fields as properties of one object. */`,
    block(code`toJSON(): State`, [code`return { ${list(names.map((name) => code`...this.${name}`))} };`]),
    raw(""),
    ...groups.flatMap(({ name, fields }) =>
      fields.flatMap(({ key }) => {
        const held = dot(code`this.${raw(name)}`, key);
        return [code`get ${memberName(key)}() { return ${held}; }`, code`set ${memberName(key)}(value) { ${held} = value; }`];
      }),
    ),
  ];
  const comment = lines([
    raw("/**"),
    raw(" * Fields are accessors over groups, as V8 has room for 252 in an object. They are not own properties: a copy, a spread or"),
    raw(" * Object.keys sees the groups; toJSON gives an object of the fields."),
    raw(" */"),
  ]);
  return code`${comment}\n${block(code`class StateObject implements State`, members)}`;
}

function createGroups(groups: readonly Group[], into: Module): Code {
  const literals = groups.map(({ fields }) =>
    lines([raw("{"), indent(fields.map(({ key, kind }) => code`${propertyName(key)}: ${zeroCode(kind, into)},`)), raw("},")]),
  );
  return block(code`function create(): StateObject`, [lines([raw("return new StateObject("), indent(literals), raw(");")])]);
}

/** States of another origin have the fields, but not the groups. */
const GROUPED = lines([
  code`/** A state with its groups; one of another origin is copied. */`,
  block(code`function grouped(s: State): StateObject`, [
    code`if (s instanceof StateObject) return s;`,
    code`const made = create();`,
    code`for (const key of Object.keys(made.toJSON()) as (keyof State)[]) (made as unknown as Record<string, unknown>)[key] = s[key];`,
    code`return made;`,
  ]),
]);
