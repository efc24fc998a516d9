import type { FieldIr, VmsdIr } from "../../ir.ts";
import { stateFields } from "../vmsd-fields.ts";

/** V8 makes an object literal of so many properties at once; with one more it takes five times as long. */
const LITERAL = 127;
/** An object has room for so many in itself; what is beyond is kept in a list that grows three at a time. */
const CLASS = 252;
/** Well below what a literal may have, and a function of so many fields is compiled soon. */
const GROUP = 120;

/** What a state is made as. Its type is flat in every case. */
export type Shape =
  | { readonly form: "literal" | "class"; readonly fields: readonly FieldIr[] }
  | { readonly form: "groups"; readonly fields: readonly FieldIr[]; readonly groups: readonly Group[] };

/** A part of the fields, in an object of its own behind the accessors of the state. */
export interface Group {
  /** The property that holds it, and the variable in functions that work on it. */
  readonly name: string;
  readonly type: string;
  readonly fields: readonly FieldIr[];
}

export function shapeOf(vmsd: VmsdIr): Shape {
  const fields = stateFields(vmsd);
  if (fields.length <= LITERAL) return { form: "literal", fields };
  if (fields.length <= CLASS) return { form: "class", fields };
  const prefix = fields.some(({ key }) => /^g\d/.test(key)) ? "_g" : "g";
  const groups: Group[] = [];
  for (let at = 0; at < fields.length; at += GROUP) {
    const index = groups.length;
    groups.push({ name: `${prefix}${index}`, type: `Group${index}`, fields: fields.slice(at, at + GROUP) });
  }
  return { form: "groups", fields, groups };
}

/** The group that has a field; undefined where there are none. */
export function groupOf(shape: Shape, key: string): Group | undefined {
  return shape.form === "groups" ? shape.groups.find(({ fields }) => fields.some((field) => field.key === key)) : undefined;
}
