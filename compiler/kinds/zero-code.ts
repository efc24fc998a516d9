import { block, type Code, code, dot, indent, list, literalOf, propertyName, raw } from "../code/code.ts";
import type { FieldIr, KindIr } from "../ir.ts";
import type { Module } from "./body/module.ts";
import { shapeOf } from "./body/shape.ts";
import { arrayType, bare, isScalar } from "./elements.ts";
import { zeroOf } from "./index.ts";
import { absentOf, stateFields } from "./vmsd-fields.ts";

/** V8 keeps so many bytes within the object; more are memory of their own. */
const WITHIN = 64;
/** Up to so many elements a literal stands where it is used. */
const LONG = 16;
const LONGEST = 8192;
const IN_A_LINE = 32;

/** An expression for a field's value where the wire did not carry it. */
export function absentCode(field: FieldIr, into: Module): Code {
  return field.absent === undefined ? zeroCode(field.kind, into) : literalOf(absentOf(field, into.program));
}

/**
 * The same where it is made with each load. Arrays of scalars are written out, those that are long once: V8 lets them share what a literal
 * holds until one is written to, so that 8192 elements that are hardly ever on the wire cost no more than one. Elements are made by a loop.
 */
export function newAbsent(field: FieldIr, into: Module): Code {
  const fresh = absentCode(field, into);
  const kind = bare(field.kind);
  if (kind.kind === "buffer") {
    const bytes = absentOf(field, into.program) as Uint8Array;
    return bytes.length > WITHIN && bytes.every((byte) => byte === 0) ? code`${into.use("zeroBytes")}(${bytes.length})` : fresh;
  }
  if (kind.kind !== "array" && kind.kind !== "array2d") return fresh;
  const count = kind.kind === "array" ? kind.count : kind.rows * kind.columns;
  const type = arrayType(kind.element, into);
  if (isScalar(kind.element)) {
    if (count <= LONG || count > LONGEST) return fresh;
    const values = writtenOut(absentOf(field, into.program) as readonly unknown[]);
    return code`${into.aside("ABSENT", (name) => code`const ${name}: readonly ${type} = ${values};`)}.slice()`;
  }
  if (field.absent !== undefined || count <= 1) return fresh;
  const make = (name: Code): Code =>
    block(code`function ${name}(): ${type}`, [
      code`const a: ${type} = [];`,
      code`for (let i = 0; i < ${count}; i++) a.push(${zeroCode(kind.element, into)});`,
      code`return a;`,
    ]);
  return code`${into.aside("newElements", make)}()`;
}

function writtenOut(values: readonly unknown[]): Code {
  const lines: Code[] = [];
  for (let at = 0; at < values.length; at += IN_A_LINE)
    lines.push(code`${list(values.slice(at, at + IN_A_LINE).map(literalOf))}${raw(at + IN_A_LINE < values.length ? "," : "")}`);
  return raw(`[\n${indent(lines).text}\n]`);
}

/**
 * The same where a state has a value already: an expression that clears the elements that it has. Undefined where that would be no less work
 * than new ones.
 */
export function absentInto(field: FieldIr, held: Code, into: Module): Code | undefined {
  const kind = bare(field.kind);
  if (kind.kind !== "array" && kind.kind !== "array2d") return undefined;
  const count = kind.kind === "array" ? kind.count : kind.rows * kind.columns;
  const element = bare(kind.element);
  if (field.absent !== undefined || count <= 1 || (element.kind !== "struct" && element.kind !== "vstruct" && element.kind !== "tmp"))
    return undefined;
  const vmsd = into.program.vmsd(element.vmsd);
  if (shapeOf(vmsd).form !== "literal") return undefined;
  return code`${absentElements(arrayType(kind.element, into), count, absentCode(field, into), stateFields(vmsd), into)}(${held})`;
}

/** The name of a function that gives elements the values of fields that nobody has set. */
function absentElements(type: Code, count: number, fresh: Code, fields: readonly FieldIr[], into: Module): Code {
  const stores = fields.map((field) => {
    const held = dot(raw("e"), field.key);
    return code`${held} = ${absentInto(field, held, into) ?? absentCode(field, into)};`;
  });
  return into.aside("absentElements", (name) =>
    block(code`function ${name}(a: ${type}): ${type}`, [
      code`if (a.length !== ${count}) return ${fresh};`,
      ...(stores.length === 0 ? [] : [block(raw("for (const e of a)"), stores)]),
      code`return a;`,
    ]),
  );
}

/** An expression for the value of a field that nobody has set; as short for a thousand structs as for one. */
export function zeroCode(kind: KindIr, into: Module): Code {
  switch (kind.kind) {
    case "array":
    case "array2d": {
      const count = kind.kind === "array" ? kind.count : kind.rows * kind.columns;
      if (isScalar(kind.element) || count <= 1) break;
      return code`Array.from({ length: ${count} }, () => (${zeroCode(kind.element, into)}))`;
    }
    case "struct":
    case "vstruct":
    case "tmp":
      return zeroStruct(kind.vmsd, into);
    case "pointer":
      return zeroCode(kind.target, into);
    case "custom":
      return zeroCode(kind.layout, into);
  }
  return literalOf(zeroOf(kind, into.program));
}

function zeroStruct(id: string, into: Module): Code {
  const vmsd = into.program.vmsd(id);
  if (shapeOf(vmsd).form !== "literal") return code`${into.nested(id)}.create()`;
  const members = stateFields(vmsd).map((field) => code`${propertyName(field.key)}: ${absentCode(field, into)}`);
  return members.length === 0 ? code`{}` : code`{ ${list(members)} }`;
}
