import { childrenOf } from "./children.ts";
import { evaluate } from "./evaluate.ts";
import type { Expr, Value } from "./expr.ts";

export interface Known {
  readonly properties: Readonly<Record<string, number | boolean | string>>;
  readonly versionId?: number;
  /** Values of fields that are the same whatever is read. */
  readonly fields?: ReadonlyMap<string, Expr>;
}

/** The expression with what is known put in and everything computed that can be: what a machine type pins leaves no trace. */
export function fold(expr: Expr, known: Known): Expr {
  if (expr.op === "property") {
    const value = known.properties[expr.name];
    return value === undefined ? expr : { op: "literal", value };
  }
  if (expr.op === "field") return known.fields?.get(expr.key) ?? expr;
  if (expr.op === "version") return known.versionId === undefined ? expr : { op: "literal", value: known.versionId };
  const inner = foldChildren(expr, known);
  if (inner.op === "choose" && inner.when.op === "literal") return inner.when.value ? inner.yes : inner.no;
  if (inner.op === "binary" && (inner.operator === "&&" || inner.operator === "||")) return foldLogic(inner);
  const children = childrenOf(inner);
  if (children.length === 0 || !children.every(isConstant)) return inner;
  return toExpr(evaluate(inner, NO_SCOPE)) ?? inner;
}

/** The same for an expression of which only the truth counts: there, what is known on one side of `||` or `&&` may decide. */
export function foldCondition(expr: Expr, known: Known): Expr {
  return truth(fold(expr, known));
}

function truth(expr: Expr): Expr {
  if (expr.op === "literal") return { op: "literal", value: Boolean(expr.value) };
  if (expr.op === "unary" && expr.operator === "!") {
    const operand = truth(expr.operand);
    return operand.op === "literal" ? { op: "literal", value: !operand.value } : { ...expr, operand };
  }
  if (expr.op !== "binary" || (expr.operator !== "&&" && expr.operator !== "||")) return expr;
  const [left, right] = [truth(expr.left), truth(expr.right)];
  // What decides `||` is true, and what decides `&&` is false; anything else that is known makes no difference.
  const deciding = expr.operator === "||";
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const)
    if (side.op === "literal") return Boolean(side.value) === deciding ? side : other;
  return { ...expr, left, right };
}

/** `literal` true or false when the expression is decided, undefined otherwise. */
export function decided(expr: Expr | undefined): boolean | undefined {
  return expr?.op === "literal" ? Boolean(expr.value) : undefined;
}

function foldChildren(expr: Expr, known: Known): Expr {
  const inner = (each: Expr): Expr => fold(each, known);
  switch (expr.op) {
    case "member":
    case "length":
      return { ...expr, of: inner(expr.of) };
    case "element":
      return { ...expr, of: inner(expr.of), at: inner(expr.at) };
    case "unary":
      return { ...expr, operand: inner(expr.operand) };
    case "binary":
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
    case "choose":
      return { ...expr, when: inner(expr.when), yes: inner(expr.yes), no: inner(expr.no) };
    case "call":
      return { ...expr, args: expr.args.map(inner) };
    default:
      return expr;
  }
}

/** A side that is known decides, or is dropped. On the right it may be dropped only where it stands for a boolean that the left gives as well. */
function foldLogic(expr: Expr & { op: "binary" }): Expr {
  const and = expr.operator === "&&";
  if (expr.left.op === "literal") return Boolean(expr.left.value) === and ? expr.right : expr.left;
  if (expr.right.op === "literal" && typeof expr.right.value === "boolean" && isBoolean(expr.left))
    return expr.right.value === and ? expr.left : expr.right;
  return expr;
}

function isBoolean(expr: Expr): boolean {
  if (expr.op === "literal") return typeof expr.value === "boolean";
  if (expr.op === "unary") return expr.operator === "!";
  if (expr.op !== "binary") return false;
  if (expr.operator === "&&" || expr.operator === "||") return isBoolean(expr.left) && isBoolean(expr.right);
  return ["===", "!==", "<", "<=", ">", ">="].includes(expr.operator);
}

function isConstant(expr: Expr): boolean {
  return expr.op === "literal" || expr.op === "bigint";
}

function toExpr(value: Value): Expr | undefined {
  if (typeof value === "bigint") return { op: "bigint", value: String(value) };
  if (typeof value === "boolean" || typeof value === "string") return { op: "literal", value };
  return typeof value === "number" && Number.isFinite(value) ? { op: "literal", value } : undefined;
}

const NO_SCOPE = { field: absent, property: absent, versionId: 0, index: 0 };

function absent(): never {
  throw new Error("A constant expression asked for a value.");
}
