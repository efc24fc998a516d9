/**
 * What type an expression gives. TypeScript has checked what is typed; counts, bindings and local values are not, as a kind cannot know
 * the vmsd around it, and what a codec would compute wrong at run time is refused here.
 */
import type { Expr } from "../../expr/expr.ts";
import { print } from "../../expr/print.ts";
import type { Ir, KindIr, ScalarKind, VmsdIr } from "../../ir.ts";
import { stateFields } from "../nested.ts";

export type Primitive = "number" | "bigint" | "boolean" | "string";

export type Shape =
  | Primitive
  /** `length` is the most that there are, where that is known. */
  | { readonly is: "array"; readonly element: Shape; readonly length?: number }
  | { readonly is: "struct"; readonly vmsd: VmsdIr }
  | { readonly is: "node"; readonly key: Shape; readonly value: VmsdIr }
  /** Nothing that an operator would take. */
  | { readonly is: "other" };

const OTHER: Shape = { is: "other" };
const BIGINTS: ReadonlySet<ScalarKind> = new Set<ScalarKind>(["uint64", "int64", "float64", "CPU_Double_U", "timer"]);

export function scalarShape(kind: ScalarKind): Primitive {
  if (kind === "bool") return "boolean";
  return BIGINTS.has(kind) ? "bigint" : "number";
}

/** The state's own fields, for expressions over it. */
export interface ShapeScope {
  readonly vmsd: VmsdIr;
  readonly ir: Ir;
}

/** Thrown for an expression that has no type; the message is the rest of a sentence. */
export class ShapeFault extends Error {
  override readonly name = "ShapeFault";
}

function shapeOfKind(kind: KindIr, ir: Ir): Shape {
  const struct = (id: string): Shape => {
    const vmsd = ir.vmsds[id];
    return vmsd === undefined ? OTHER : { is: "struct", vmsd };
  };
  switch (kind.kind) {
    case "equal":
      return scalarShape(kind.scalar);
    case "int32 le":
    case "marker":
      return "number";
    case "sent":
      return "boolean";
    case "array":
      return { is: "array", element: shapeOfKind(kind.element, ir), length: kind.count };
    case "array2d":
      return { is: "array", element: shapeOfKind(kind.element, ir), length: kind.rows * kind.columns };
    case "varray":
      return { is: "array", element: shapeOfKind(kind.element, ir), length: kind.max };
    case "buffer":
      return { is: "array", element: "number", length: kind.size };
    case "varBuffer":
      return { is: "array", element: "number", length: kind.max };
    case "bitmap":
      return { is: "array", element: "bigint" };
    case "struct":
    case "vstruct":
    case "tmp":
      return struct(kind.vmsd);
    case "qtailq":
    case "qlist":
      return { is: "array", element: struct(kind.vmsd) };
    case "gtree": {
      const value = ir.vmsds[kind.value];
      return { is: "array", element: value === undefined ? OTHER : { is: "node", key: shapeOfKind(kind.key, ir), value } };
    }
    case "pointer":
    case "nullable":
      return shapeOfKind(kind.target, ir);
    case "custom":
      return shapeOfKind(kind.layout, ir);
    case "unused_buffer":
      return OTHER;
    default:
      return scalarShape(kind.kind);
  }
}

export function shapeOf(expr: Expr, scope: ShapeScope): Shape {
  switch (expr.op) {
    case "literal":
      return typeof expr.value as Primitive;
    case "bigint":
      return "bigint";
    case "version":
    case "index":
      return "number";
    case "field":
      return fieldShape(scope.vmsd, expr.key, scope.ir);
    case "property":
      return typeof scope.vmsd.properties[expr.name] as Primitive;
    case "member":
      return memberShape(expr, scope);
    case "element":
      return elementShape(expr, scope);
    case "length": {
      const of = shapeOf(expr.of, scope);
      if (of === "string" || (typeof of !== "string" && of.is === "array")) return "number";
      throw new ShapeFault(`asks for the length of '${print(expr.of)}', which has none; a member of that name is '["length"]'`);
    }
    case "unary":
      return unaryShape(expr, scope);
    case "binary":
      return binaryShape(expr, scope);
    case "choose": {
      const [yes, no] = [shapeOf(expr.yes, scope), shapeOf(expr.no, scope)];
      shapeOf(expr.when, scope);
      return either(yes, no) ?? fault(`gives ${nameOf(yes)} or ${nameOf(no)} in '${print(expr)}'`);
    }
    case "call":
      return callShape(expr, scope);
  }
}

function fault(message: string): never {
  throw new ShapeFault(message);
}

/** What two shapes have in common that one of is chosen; of two arrays of one kind it has the length of the longer. */
function either(a: Shape, b: Shape): Shape | undefined {
  if (a === b) return a;
  if (typeof a === "string" || typeof b === "string" || a.is !== "array" || b.is !== "array" || a.element !== b.element) return undefined;
  if (a.length === undefined || b.length === undefined) return { is: "array", element: a.element };
  return { is: "array", element: a.element, length: Math.max(a.length, b.length) };
}

function fieldShape(vmsd: VmsdIr, key: string, ir: Ir): Shape {
  const field = stateFields(vmsd).find((each) => each.key === key);
  if (field === undefined) throw new ShapeFault(`asks for '${key}', which is not in the state of '${vmsd.name}'`);
  return shapeOfKind(field.kind, ir);
}

function elementShape({ of, at }: Expr & { op: "element" }, scope: ShapeScope): Shape {
  const array = shapeOf(of, scope);
  if (shapeOf(at, scope) !== "number" || typeof array === "string" || array.is !== "array")
    throw new ShapeFault(`looks into '${print(of)}', which is no array or is not asked by number`);
  const place = at.op === "literal" ? Number(at.value) : 0;
  if (!Number.isInteger(place) || place < 0 || place >= (array.length ?? Number.POSITIVE_INFINITY))
    throw new ShapeFault(`looks for element ${place} of '${print(of)}', which has ${array.length} at most`);
  return array.element;
}

function memberShape({ of, key }: Expr & { op: "member" }, scope: ShapeScope): Shape {
  const owner = shapeOf(of, scope);
  if (typeof owner === "string" || owner.is === "array" || owner.is === "other")
    throw new ShapeFault(`asks for '${key}' of '${print(of)}', which is no struct`);
  if (owner.is === "struct") return fieldShape(owner.vmsd, key, scope.ir);
  if (key === "key") return owner.key;
  if (key === "value") return { is: "struct", vmsd: owner.value };
  throw new ShapeFault(`asks for '${key}' of '${print(of)}', which has a key and a value`);
}

function unaryShape(expr: Expr & { op: "unary" }, scope: ShapeScope): Shape {
  const operand = shapeOf(expr.operand, scope);
  if (expr.operator === "!") return "boolean";
  if (operand === "number" || operand === "bigint") return operand;
  throw new ShapeFault(`uses '${expr.operator}' on ${nameOf(operand)} in '${print(expr)}'`);
}

const ORDER: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);

function binaryShape(expr: Expr & { op: "binary" }, scope: ShapeScope): Shape {
  const [left, right] = [shapeOf(expr.left, scope), shapeOf(expr.right, scope)];
  const { operator } = expr;
  const numeric = (shape: Shape): boolean => shape === "number" || shape === "bigint";
  if (operator === "&&" || operator === "||") return left === right ? left : OTHER;
  if (operator === "===" || operator === "!==") {
    if (left === right && typeof left === "string") return "boolean";
    throw new ShapeFault(`compares ${nameOf(left)} with ${nameOf(right)} in '${print(expr)}'`);
  }
  // JavaScript orders numbers and bigints among each other rightly; it computes with them apart.
  if (ORDER.has(operator) && numeric(left) && numeric(right)) return "boolean";
  const fits = left === right && numeric(left) && (operator !== ">>>" || left === "number");
  if (fits && !ORDER.has(operator)) return left;
  throw new ShapeFault(`uses '${operator}' on ${nameOf(left)} and ${nameOf(right)} in '${print(expr)}'`);
}

function callShape(expr: Expr & { op: "call" }, scope: ShapeScope): Shape {
  const given = expr.args.map((each) => shapeOf(each, scope));
  const takes = (...accepted: Shape[]): boolean => given.length > 0 && given.every((each) => accepted.includes(each));
  if (expr.name === "BigInt" && given.length === 1 && takes("number", "bigint")) return "bigint";
  if (expr.name === "Number" && given.length === 1 && takes("number", "bigint", "boolean")) return "number";
  if (expr.name.startsWith("Math.") && takes("number")) return "number";
  if (expr.name === "capabilityAt" && isBytes(given[0]) && given[1] === "number" && given.length === 2) return "number";
  throw new ShapeFault(`calls '${expr.name}' with ${given.map(nameOf).join(", ") || "nothing"} in '${print(expr)}'`);
}

function isBytes(shape: Shape | undefined): boolean {
  return typeof shape === "object" && shape.is === "array" && shape.element === "number";
}

/** For sentences, with its article. */
export function nameOf(shape: Shape): string {
  if (typeof shape === "string") return `a ${shape}`;
  return { array: "an array", struct: "a struct", node: "a node", other: "no single type" }[shape.is];
}
