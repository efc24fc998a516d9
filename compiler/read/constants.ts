import type { Expression } from "ts-morph";
import type { Scalar } from "../ir.ts";
import type { Resolve } from "./definition.ts";
import { liftConstant, shown } from "./lift.ts";
import { refuse } from "./refusal.ts";

/** The number, boolean, string or bigint that an expression over constants gives. `what` names it for messages, such as "versionId". */
export function constantOf(node: Expression, resolve: Resolve, what: string): Scalar | bigint {
  const expr = liftConstant(node, resolve, what);
  if (expr.op === "literal") return expr.value;
  if (expr.op === "bigint") return BigInt(expr.value);
  return refuse("not-constant", node, `${what} is ${shown(node)}, which is not known when it is compiled.`);
}

export function stringOf(node: Expression, resolve: Resolve, what: string): string {
  const value = constantOf(node, resolve, what);
  return typeof value === "string" ? value : refuse("wrong-type", node, `${what} is ${shown(node)}; it is a string.`);
}

export function booleanOf(node: Expression, resolve: Resolve, what: string): boolean {
  const value = constantOf(node, resolve, what);
  return typeof value === "boolean" ? value : refuse("wrong-type", node, `${what} is ${shown(node)}; it is true or false.`);
}

/** Sizes, counts and versions are held in 32 bits on the wire or by the loader. */
export const MAX_UINT32 = 2 ** 32 - 1;

export function integerOf(node: Expression, resolve: Resolve, what: string, least: number, most: number = MAX_UINT32): number {
  const value = constantOf(node, resolve, what);
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  return refuse("wrong-type", node, `${what} is ${valueText(value)}; it is an integer from ${least} to ${most}.`);
}

/** A constant as it would be written. */
export function valueText(value: Scalar | bigint): string {
  return typeof value === "bigint" ? `${value}n` : typeof value === "string" ? JSON.stringify(value) : String(value);
}
