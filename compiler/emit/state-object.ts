import type { VmsdIr } from "../ir.ts";
import { kindOf } from "../kinds/index.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";
import { block, type Code, code, indent, lines, propertyName, raw } from "./code.ts";
import type { LoadBody } from "./load-body.ts";
import type { Module } from "./module.ts";

/** The type of a state in generated code. */
export function stateType(vmsd: VmsdIr, into: Module): Code {
  const members = stateFields(vmsd).map(({ key, kind }) => code`${propertyName(key)}: ${kindOf(kind).type(kind, into)};`);
  return block(code`export interface State`, members);
}

/** Statements that give a new state: one literal, its fields in declared order, so that all states have one shape. */
export function fresh(vmsd: VmsdIr, body: LoadBody): readonly Code[] {
  const members = stateFields(vmsd).map(({ key }) => code`${propertyName(key)}: ${body.value(key)},`);
  if (members.length === 0) return [raw("return {};")];
  return [lines([raw("return {"), indent(members), raw("};")])];
}
