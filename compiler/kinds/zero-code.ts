import { type Code, code, list, literalOf, propertyName } from "../code/code.ts";
import type { FieldIr, KindIr } from "../ir.ts";
import type { Module } from "./body/module.ts";
import { shapeOf } from "./body/shape.ts";
import { isScalar } from "./elements.ts";
import { zeroOf } from "./index.ts";
import { absentOf, stateFields } from "./vmsd-fields.ts";

/** An expression for a field's value where the wire did not carry it. */
export function absentCode(field: FieldIr, into: Module): Code {
  return field.absent === undefined ? zeroCode(field.kind, into) : literalOf(absentOf(field, into.program));
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
