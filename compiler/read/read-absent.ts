import { type ArrayLiteralExpression, type Expression, Node } from "ts-morph";
import type { JsonValue, KindIr } from "../ir.ts";
import { constantOf, integerOf, valueText } from "./constants.ts";
import { bare } from "./definition.ts";
import type { KindScope } from "./kind-call.ts";
import { shown } from "./lift.ts";
import { stateFields } from "./nested.ts";
import { entriesOf } from "./object-entries.ts";
import { keptKind } from "./read-kind.ts";
import { refuse } from "./refusal.ts";

/** A value for a field as it is written in `absent`, in its JSON form. */
export function readAbsent(given: Expression, kind: KindIr, scope: KindScope): JsonValue {
  const node = keptKind(given, scope);
  switch (kind.kind) {
    case "equal":
      return readScalar(node, kind.scalar, scope);
    case "int32 le":
      return readScalar(node, "int32", scope);
    case "marker":
      return readScalar(node, "uint8", scope);
    case "array":
      return readArray(node, kind.element, kind.count, kind.count, scope);
    case "array2d":
      return readArray(node, kind.element, kind.rows * kind.columns, kind.rows * kind.columns, scope);
    case "varray":
      return readArray(node, kind.element, 0, kind.max, scope);
    case "bitmap":
      return readArray(node, { kind: "uint64" }, kind.bits.op === "literal" ? words(kind.max) : 0, words(kind.max), scope);
    case "buffer":
      return readBytes(node, kind.size, kind.size, scope);
    case "varBuffer":
      return readBytes(node, 0, kind.max, scope);
    case "struct":
    case "vstruct":
    case "tmp":
      return readStruct(node, kind.vmsd, scope);
    case "qtailq":
    case "qlist":
      return readArray(node, { kind: "struct", vmsd: kind.vmsd, with: {} }, 0, kind.max, scope);
    case "gtree":
      return readTree(node, kind, scope);
    case "pointer":
      return readAbsent(node, kind.target, scope);
    case "nullable":
      return Node.isIdentifier(node) && node.getText() === "undefined" ? null : readAbsent(node, kind.target, scope);
    case "custom":
      return readAbsent(node, kind.layout, scope);
    case "sent":
    case "unused_buffer":
      return refuse(
        "absent-value",
        given,
        `Field '${scope.field}' has an absent value, though a load never gives it to a field of this kind.`,
      );
    default:
      return readScalar(node, kind.kind, scope);
  }
}

const words = (bits: number): number => Math.ceil(bits / 64);

const SMALL: Readonly<Record<string, readonly [least: number, most: number]>> = {
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  uint32: [0, 0xffffffff],
  int8: [-0x80, 0x7f],
  int16: [-0x8000, 0x7fff],
  int32: [-0x80000000, 0x7fffffff],
};

function readScalar(node: Expression, kind: string, { reading, field }: KindScope): JsonValue {
  const value = constantOf(node, reading.resolve, `The absent value of '${field}'`);
  const wrong = (expected: string): never =>
    refuse(
      "absent-value",
      node,
      `The absent value of '${field}' is ${valueText(value)}; ${kind.startsWith("int") ? "an" : "a"} ${kind} is ${expected}.`,
    );
  if (kind === "bool") return typeof value === "boolean" ? value : wrong("true or false");
  const range = SMALL[kind];
  if (range !== undefined) {
    const [least, most] = range;
    return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? value
      : wrong(`an integer from ${least} to ${most}`);
  }
  const signed = kind === "int64" || kind === "timer";
  const [least, most] = signed ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  if (typeof value !== "bigint" || value < least || value > most) return wrong(`a bigint from ${least}n to ${most}n`);
  return signed ? String(value) : `0x${value.toString(16)}`;
}

function readArray(node: Expression, element: KindIr, least: number, most: number, scope: KindScope): JsonValue[] {
  const filled = filledArray(node, scope);
  if (filled !== undefined) {
    const value = readAbsent(filled.value, element, scope);
    refuseLength(node, filled.length, least, most, scope);
    return Array.from({ length: filled.length }, () => value);
  }
  if (!Node.isArrayLiteralExpression(node))
    return refuse("absent-value", node, `The absent value of '${scope.field}' is ${shown(node)}; it is an array.`);
  const elements = plainElements(node, scope);
  refuseLength(node, elements.length, least, most, scope);
  return elements.map((each) => readAbsent(each, element, scope));
}

function refuseLength(node: Node, length: number, least: number, most: number, { field }: KindScope): void {
  if (length >= least && length <= most) return;
  const expected = least === most ? `${least}` : `${least} to ${most}`;
  refuse("absent-value", node, `The absent value of '${field}' has ${length} elements; the field has ${expected}.`);
}

function plainElements(array: ArrayLiteralExpression, { field }: KindScope): Expression[] {
  const strange = array.getElements().find((each) => Node.isSpreadElement(each) || Node.isOmittedExpression(each));
  if (strange !== undefined)
    return refuse("not-literal", strange, `The absent value of '${field}' has ${shown(strange)}; an array holds its elements only.`);
  return array.getElements();
}

/** `Array(n).fill(value)`, with or without `new`: the one way to write many of the same. */
function filledArray(node: Expression, { reading, field }: KindScope): { length: number; value: Expression } | undefined {
  const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
  if (!Node.isCallExpression(node) || !Node.isPropertyAccessExpression(callee) || callee.getName() !== "fill") return undefined;
  const made = bare(callee.getExpression());
  if (!(Node.isCallExpression(made) || Node.isNewExpression(made)) || made.getExpression().getText() !== "Array") return undefined;
  const [length] = made.getArguments();
  const [value] = node.getArguments();
  if (!Node.isExpression(length) || !Node.isExpression(value)) return undefined;
  return { length: integerOf(length, reading.resolve, `The length of the absent value of '${field}'`, 0), value };
}

/** `new Uint8Array(n)` of zeros, `new Uint8Array([...])` or `Uint8Array.of(...)`. */
function readBytes(node: Expression, least: number, most: number, scope: KindScope): string {
  const bytes = bytesOf(node, scope);
  if (bytes === undefined)
    return refuse(
      "absent-value",
      node,
      `The absent value of '${scope.field}' is ${shown(node)}; it is 'new Uint8Array(...)' or 'Uint8Array.of(...)'.`,
    );
  refuseLength(node, bytes.length, least, most, scope);
  return Buffer.from(bytes).toString("hex");
}

function bytesOf(node: Expression, scope: KindScope): readonly number[] | undefined {
  const { resolve } = scope.reading;
  const byte = (each: Node): number => integerOf(each as Expression, resolve, `A byte of the absent value of '${scope.field}'`, 0, 0xff);
  if (Node.isCallExpression(node) && node.getExpression().getText() === "Uint8Array.of") return node.getArguments().map(byte);
  if (!Node.isNewExpression(node) || node.getExpression().getText() !== "Uint8Array") return undefined;
  const [given] = node.getArguments();
  if (given === undefined) return [];
  if (!Node.isExpression(given)) return undefined;
  const list = bare(given);
  if (Node.isArrayLiteralExpression(list)) return plainElements(list, scope).map(byte);
  return new Array<number>(integerOf(given, resolve, `The length of the absent value of '${scope.field}'`, 0)).fill(0);
}

/** Every key that the inner state has, and no other: what a state is when it is absent is said in full. */
function readStruct(node: Expression, id: string, scope: KindScope): JsonValue {
  const inner = scope.reading.vmsds.get(id);
  const given = new Map(
    entriesOf(node, `The absent value of '${scope.field}'`, scope.path, scope.reading.report).map((each) => [each.key, each]),
  );
  // What the inner vmsd was refused for has been said; its fields are not known.
  if (inner === undefined) return {};
  const kinds = new Map(stateFields(inner).map(({ key, kind }) => [key, kind]));
  for (const { key, name } of given.values())
    if (!kinds.has(key))
      return refuse("absent-value", name, `The absent value of '${scope.field}' has '${key}', which '${inner.name}' does not.`);
  return Object.fromEntries(
    [...kinds].map(([key, kind]) => {
      const entry =
        given.get(key) ?? refuse("absent-value", node, `The absent value of '${scope.field}' has no '${key}', which '${inner.name}' has.`);
      return [key, readAbsent(entry.value, kind, scope)];
    }),
  );
}

function readTree(node: Expression, kind: KindIr & { kind: "gtree" }, scope: KindScope): JsonValue[] {
  if (!Node.isArrayLiteralExpression(node))
    return refuse("absent-value", node, `The absent value of '${scope.field}' is ${shown(node)}; it is an array.`);
  return plainElements(node, scope).map((each) => {
    const parts = new Map(
      entriesOf(each, `The absent value of '${scope.field}'`, scope.path, scope.reading.report).map((one) => [one.key, one.value]),
    );
    const [key, value] = [parts.get("key"), parts.get("value")];
    if (key === undefined || value === undefined)
      return refuse("absent-value", each, `A node of '${scope.field}' is ${shown(each)}; it has a key and a value.`);
    return { key: readAbsent(key, kind.key, scope), value: readStruct(value, kind.value, scope) };
  });
}
