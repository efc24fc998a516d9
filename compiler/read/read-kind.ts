import { type Expression, Node } from "ts-morph";
import type { Expr } from "../expr/expr.ts";
import type { KindIr, ScalarKind } from "../ir.ts";
import { constantOf, integerOf, MAX_UINT32, stringOf } from "./constants.ts";
import { bare } from "./definition.ts";
import {
  argument,
  bindingsOf,
  countArgument,
  INDEX,
  type KindCall,
  type KindScope,
  liftScope,
  maxOf,
  multiplyOf,
  optionalArgument,
  optionsArgument,
  PROPERTIES,
  STATE,
  sizeArgument,
  VERSION,
  vmsdArgument,
} from "./kind-call.ts";
import { liftArrow, shown } from "./lift.ts";
import { refuse } from "./refusal.ts";

/** The language's constants that are kinds, with the kind's name in the intermediate form. */
const CONSTANTS: Readonly<Record<string, ScalarKind | "marker">> = {
  bool: "bool",
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  uint64: "uint64",
  int8: "int8",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  float64: "float64",
  cpuDouble: "CPU_Double_U",
  timer: "timer",
  marker: "marker",
};

/** The language's functions that give kinds. */
const FUNCTIONS: Readonly<Record<string, (call: KindCall) => KindIr>> = {
  array: (call) => ({ kind: "array", element: inner(call), count: sizeArgument(call, 1, "count") }),
  array2d: (call) => ({
    kind: "array2d",
    element: inner(call),
    rows: sizeArgument(call, 1, "rows"),
    columns: sizeArgument(call, 2, "columns"),
  }),
  varray: (call) => {
    const options = optionsArgument(call, 2, ["max", "multiply"]);
    const count = countArgument(call, 1, "count");
    return { kind: "varray", element: inner(call), count, max: maxOf(call, options), ...multiplyOf(call, options) };
  },
  buffer: (call) => ({ kind: "buffer", size: sizeArgument(call, 0, "size") }),
  varBuffer: (call) => {
    const options = optionsArgument(call, 1, ["max", "multiply"]);
    return { kind: "varBuffer", size: countArgument(call, 0, "size"), max: maxOf(call, options), ...multiplyOf(call, options) };
  },
  bitmap: (call) => {
    const bits = countArgument(call, 0, "bits");
    return { kind: "bitmap", bits, max: maxOf(call, optionsArgument(call, 1, ["max"]), bits) };
  },
  unused: (call) => {
    const size = countArgument(call, 0, "size");
    return { kind: "unused_buffer", size, max: maxOf(call, optionsArgument(call, 1, ["max"]), size) };
  },
  equal: (call) => {
    const scalar = inner(call);
    if (!isNumeric(scalar)) return refuse("not-a-kind", call.node, `'equal' compares one number; '${scalar.kind}' is none.`);
    return { kind: "equal", scalar: scalar.kind, ...localOf(call, 1) };
  },
  atMost: (call) => ({ kind: "int32 le", ...localOf(call, 0) }),
  sent: (call) => ({
    kind: "sent",
    subsection: stringOf(argument(call, 0, "subsection"), call.scope.reading.resolve, "The subsection of 'sent'"),
  }),
  struct: (call) => structOf(call, "struct"),
  tmp: (call) => structOf(call, "tmp"),
  vstruct: (call) => {
    const { id, vmsd } = vmsdArgument(call, 0);
    const versionId = integerOf(argument(call, 1, "versionId"), call.scope.reading.resolve, "The versionId of 'vstruct'", 0, MAX_UINT32);
    return { kind: "vstruct", vmsd: id, versionId, with: bindingsOf(call, optionsArgument(call, 2, ["with"]), vmsd) };
  },
  pointer: (call) => ({ kind: "pointer", target: inner(call) }),
  nullable: (call) => {
    const given = argument(call, 1, "isNull");
    const arrow = bare(given);
    if (!Node.isArrowFunction(arrow)) return refuse("predicate-form", given, `'nullable' is null when ${shown(given)}; it is an arrow.`);
    const scope = liftScope(call.scope, "A predicate");
    return { kind: "nullable", target: inner(call), isNull: liftArrow(arrow, [STATE, PROPERTIES, VERSION, INDEX], scope) };
  },
  qtailq: (call) => listOf(call, "qtailq"),
  qlist: (call) => listOf(call, "qlist"),
  gtree: (call) => ({
    kind: "gtree",
    key: inner(call),
    value: vmsdArgument(call, 1).id,
    max: maxOf(call, optionsArgument(call, 2, ["max"])),
  }),
  custom: (call) => ({
    kind: "custom",
    type: stringOf(argument(call, 0, "type"), call.scope.reading.resolve, "The type of 'custom'"),
    layout: readKind(argument(call, 1, "layout"), call.scope),
  }),
};

/** What stands around a whole field and is read with it. */
export const WRAPPERS: readonly string[] = ["named", "since"];

/** The functions and constants of the language that are kinds, as the language's own exports name them. */
export const KIND_WORDS: readonly string[] = [...Object.keys(CONSTANTS), ...Object.keys(FUNCTIONS)];

export function readKind(given: Expression, scope: KindScope): KindIr {
  const { reading, field } = scope;
  const node = keptKind(given, scope);
  if (Node.isCallExpression(node)) {
    const definition = reading.resolve(node.getExpression());
    const name = definition?.is === "language" ? definition.name : undefined;
    if (name !== undefined && WRAPPERS.includes(name))
      return refuse("misplaced-wrapper", node, `'${name}' stands within the kind of '${field}'; it stands around the whole field.`);
    const read = name !== undefined && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (name !== undefined && read !== undefined) return read({ node, name, scope });
  } else {
    const definition = reading.resolve(node);
    const kind = definition?.is === "language" && Object.hasOwn(CONSTANTS, definition.name) ? CONSTANTS[definition.name] : undefined;
    if (kind !== undefined) return { kind };
  }
  return refuse("not-a-kind", node, `The kind of '${field}' is ${shown(node)}, which is none of the language's.`);
}

/** A kind may be kept in a constant and used in several places. */
export function keptKind(given: Expression, { reading, field }: KindScope): Expression {
  const followed = new Set<Node>();
  let node = bare(given);
  for (;;) {
    const definition = Node.isIdentifier(node) || Node.isPropertyAccessExpression(node) ? reading.resolve(node) : undefined;
    const value = definition?.is === "const" ? definition.initializer : definition?.is === "value" ? definition.value : undefined;
    if (value === undefined) return node;
    if (followed.has(value)) return refuse("recursion", given, `The kind of '${field}' is ${shown(given)}, which needs itself.`);
    followed.add(value);
    node = bare(value);
  }
}

function inner(call: KindCall): KindIr {
  return readKind(argument(call, 0, "element"), call.scope);
}

function structOf(call: KindCall, kind: "struct" | "tmp"): KindIr {
  const { id, vmsd } = vmsdArgument(call, 0);
  return { kind, vmsd: id, with: bindingsOf(call, optionsArgument(call, 1, ["with"]), vmsd) };
}

function listOf(call: KindCall, kind: "qtailq" | "qlist"): KindIr {
  const { id, vmsd } = vmsdArgument(call, 0);
  const options = optionsArgument(call, 1, ["max", "with"]);
  return { kind, vmsd: id, max: maxOf(call, options), with: bindingsOf(call, options, vmsd) };
}

/** What a load compares with: a constant, or an arrow over the properties alone. */
function localOf(call: KindCall, index: number): { local?: Expr } {
  const given = optionalArgument(call, index);
  if (given === undefined) return {};
  const arrow = bare(given);
  const what = `The local value of '${call.scope.field}'`;
  if (Node.isArrowFunction(arrow)) return { local: liftArrow(arrow, [PROPERTIES], liftScope(call.scope, what)) };
  const value = constantOf(given, call.scope.reading.resolve, what);
  return { local: typeof value === "bigint" ? { op: "bigint", value: String(value) } : { op: "literal", value } };
}

function isNumeric(kind: KindIr): kind is { kind: ScalarKind } {
  return kind.kind !== "bool" && Object.values<string>(CONSTANTS).includes(kind.kind) && kind.kind !== "marker";
}
