import { type Expression, Node } from "ts-morph";
import type { KindIr } from "../ir.ts";
import { integerOf, stringOf } from "./constants.ts";
import { argument, type KindScope } from "./kind-call.ts";
import { keptKind, readKind, WRAPPERS } from "./read-kind.ts";
import { refuse } from "./refusal.ts";

export interface FieldSource {
  readonly kind: KindIr;
  readonly name?: string;
  readonly since?: number;
}

/** A kind with what stands around it: `named` and `since`, once each, in any order. */
export function readField(given: Expression, scope: KindScope): FieldSource {
  const node = keptKind(given, scope);
  const { reading, field } = scope;
  const definition = Node.isCallExpression(node) ? reading.resolve(node.getExpression()) : undefined;
  const name = definition?.is === "language" ? definition.name : undefined;
  if (!Node.isCallExpression(node) || name === undefined || !WRAPPERS.includes(name)) return { kind: readKind(node, scope) };
  const call = { node, name, scope };
  const inner = readField(argument(call, 1, "field"), scope);
  const value = argument(call, 0, name === "since" ? "versionId" : "name");
  if (inner[name === "since" ? "since" : "name"] !== undefined)
    return refuse("misplaced-wrapper", node, `'${name}' stands twice around '${field}'.`);
  if (name === "named") return { ...inner, name: stringOf(value, reading.resolve, `The name of '${field}'`) };
  return { ...inner, since: integerOf(value, reading.resolve, `The version of '${field}'`, 0, 2 ** 31 - 1) };
}
