import { type CallExpression, type Expression, Node } from "ts-morph";
import type { Expr } from "../expr/expr.ts";
import type { Bindings, VmsdIr } from "../ir.ts";
import { constantOf, integerOf, MAX_UINT32, valueText } from "./constants.ts";
import { refuseWithin } from "./declarations.ts";
import { bare } from "./definition.ts";
import { type Binding, liftArrow, type Scope, type Surroundings, shown } from "./lift.ts";
import { type Entry, entriesOf, type Options, optionsOf } from "./object-entries.ts";
import type { Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";

/** What is around a kind while it is read: the field that it is the kind of, and the vmsd of that. */
export interface KindScope {
  readonly reading: Reading;
  readonly around: Surroundings;
  readonly field: string;
  readonly path: string;
}

/** A call of one of the language's functions for kinds, with its arguments as they are written. */
export interface KindCall {
  readonly node: CallExpression;
  readonly name: string;
  readonly scope: KindScope;
}

export const STATE: Binding = { is: "state" };
export const PROPERTIES: Binding = { is: "properties" };
export const VERSION: Binding = { is: "expr", expr: { op: "version" } };
export const INDEX: Binding = { is: "expr", expr: { op: "index" } };

export function argument({ node, name }: KindCall, index: number, what: string): Expression {
  return optionalArgument({ node }, index) ?? refuse("missing-option", node, `'${name}' has no ${what}.`);
}

export function optionalArgument({ node }: Pick<KindCall, "node">, index: number): Expression | undefined {
  const given = node.getArguments()[index];
  if (given === undefined) return undefined;
  if (Node.isExpression(given) && !Node.isSpreadElement(given)) return given;
  return refuse("not-literal", given, `An argument is ${shown(given)}; arguments are written one by one.`);
}

/** A count or a size that is fixed. */
export function sizeArgument(call: KindCall, index: number, what: string): number {
  return integerOf(argument(call, index, what), call.scope.reading.resolve, `The ${what} of '${call.scope.field}'`, 1);
}

/** A count or a size that may come from the state: a field's key, a number, or an expression. */
export function countArgument(call: KindCall, index: number, what: string): Expr {
  const { reading, around, field } = call.scope;
  const given = argument(call, index, what);
  const title = `The ${what} of '${field}'`;
  const arrow = bare(given);
  if (Node.isArrowFunction(arrow)) return liftArrow(arrow, [STATE, PROPERTIES, VERSION], liftScope(call.scope, title));
  const value = constantOf(given, reading.resolve, title);
  if (typeof value === "number") return { op: "literal", value: integerOf(given, reading.resolve, title, 1) };
  if (typeof value !== "string")
    return refuse("wrong-type", given, `${title} is ${shown(given)}; it is a field's key, a number or an arrow.`);
  if (!around.fields.has(value)) return refuse("unknown-field", given, `${title} is '${value}', which is no field of '${around.vmsd}'.`);
  return { op: "field", key: value };
}

export function liftScope({ reading, around }: KindScope, what: string): Scope {
  return { resolve: reading.resolve, what, around, bindings: new Map(), inside: [] };
}

export function optionsArgument(call: KindCall, index: number, known: readonly string[]): Options {
  const given = optionalArgument(call, index);
  const { reading, path } = call.scope;
  return given === undefined ? new Map() : optionsOf(given, known, `'${call.name}'`, path, reading.report);
}

export const MAX_MAX = MAX_UINT32 + 1;

/** The bound of a size that is not fixed; a fixed size is its own. */
export function maxOf(call: KindCall, options: Options, count?: Expr): number {
  const entry = options.get("max");
  const { reading, field } = call.scope;
  if (entry === undefined) {
    if (count?.op === "literal" && typeof count.value === "number") return count.value;
    return refuse("missing-max", call.node, `'${call.name}' of '${field}' has no max, so that a load could not bound what it allocates.`);
  }
  const value = constantOf(entry.value, reading.resolve, `The max of '${field}'`);
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MAX_MAX) return value;
  return refuse("max-out-of-range", entry.value, `The max of '${field}' is ${valueText(value)}; it is an integer from 1 to ${MAX_MAX}.`);
}

export function multiplyOf(call: KindCall, options: Options): { multiply?: number } {
  const entry = options.get("multiply");
  if (entry === undefined) return {};
  return { multiply: integerOf(entry.value, call.scope.reading.resolve, `The multiply of '${call.scope.field}'`, 1) };
}

/** The vmsd that an argument names. One that could not be read has been refused itself, so that only its id is needed here. */
export function vmsdArgument(call: KindCall, index: number): { id: string; vmsd: VmsdIr | undefined } {
  const { reading } = call.scope;
  const given = argument(call, index, "vmsd");
  const value = bare(given);
  const word = Node.isCallExpression(value) ? reading.resolve(value.getExpression()) : undefined;
  if (Node.isCallExpression(value) && word?.is === "language" && word.name === "vmsd") return refuseWithin("vmsd", value);
  const definition = reading.resolve(given);
  const declared = definition?.is === "const" ? reading.declared.get(definition.declaration) : undefined;
  if (declared?.is !== "vmsd") return refuse("not-a-vmsd", given, `'${call.name}' holds ${shown(given)}, which is no vmsd.`);
  return { id: declared.id, vmsd: reading.vmsd(declared, given) };
}

/** The `with` of a struct: expressions for properties that the inner vmsd has. */
export function bindingsOf(call: KindCall, options: Options, inner: VmsdIr | undefined): Bindings {
  const entry = options.get("with");
  if (entry === undefined) return {};
  const { reading, path } = call.scope;
  const bindings = entriesOf(entry.value, `The 'with' of '${call.scope.field}'`, path, reading.report);
  return Object.fromEntries(bindings.map((each) => [each.key, bindingOf(each, call, inner)]));
}

function bindingOf({ key, name, value }: Entry, call: KindCall, inner: VmsdIr | undefined): Expr {
  if (inner !== undefined && !Object.hasOwn(inner.properties, key))
    return refuse("unknown-binding", name, `'with' sets '${key}', which '${inner.name}' has no property for.`);
  const arrow = bare(value);
  if (!Node.isArrowFunction(arrow)) return refuse("predicate-form", value, `'with' gives '${key}' as ${shown(value)}; it is an arrow.`);
  return liftArrow(arrow, [STATE, PROPERTIES, VERSION], liftScope(call.scope, `The value of '${key}'`));
}
