import type { Expr } from "./expr.ts";

/** The expressions directly within an expression. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case "member":
    case "length":
      return [expr.of];
    case "element":
      return [expr.of, expr.at];
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "choose":
      return [expr.when, expr.yes, expr.no];
    case "call":
      return expr.args;
    default:
      return [];
  }
}

/** Keys of the state that an expression reads. */
export function fieldsIn(expr: Expr): Set<string> {
  return new Set(within(expr).flatMap((each) => (each.op === "field" ? [each.key] : [])));
}

/** Properties of the device that an expression reads. */
export function propertiesIn(expr: Expr): Set<string> {
  return new Set(within(expr).flatMap((each) => (each.op === "property" ? [each.name] : [])));
}

function within(expr: Expr): Expr[] {
  return [expr, ...childrenOf(expr).flatMap(within)];
}
