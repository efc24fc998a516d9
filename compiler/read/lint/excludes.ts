import type { BinaryOperator, Expr } from "../../expr/expr.ts";
import { print } from "../../expr/print.ts";
import type { FieldIr } from "../../ir.ts";

/** Whether two fields can be seen never to be on the wire together. */
export function excludeEachOther(a: FieldIr, b: FieldIr): boolean {
  return conditionsOf(a).some((one) => conditionsOf(b).some((other) => contradict(one, other)));
}

/** What all must hold for a field to be on the wire. */
function conditionsOf({ exists, since }: FieldIr): Expr[] {
  if (exists !== undefined) return conjuncts(exists);
  if (since === 0) return [];
  return [{ op: "binary", operator: ">=", left: { op: "version" }, right: { op: "literal", value: since } }];
}

function conjuncts(expr: Expr): Expr[] {
  return expr.op === "binary" && expr.operator === "&&" ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];
}

const OPPOSITE: Partial<Record<BinaryOperator, BinaryOperator>> = {
  "===": "!==",
  "!==": "===",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

function contradict(a: Expr, b: Expr): boolean {
  if (print(opposite(a)) === print(b) || print(opposite(b)) === print(a)) return true;
  if (a.op !== "binary" || b.op !== "binary" || a.operator !== "===" || b.operator !== "===") return false;
  const constant = ({ op }: Expr): boolean => op === "literal" || op === "bigint";
  return print(a.left) === print(b.left) && constant(a.right) && constant(b.right) && print(a.right) !== print(b.right);
}

function opposite(expr: Expr): Expr {
  if (expr.op === "unary" && expr.operator === "!") return expr.operand;
  const operator = expr.op === "binary" ? OPPOSITE[expr.operator] : undefined;
  if (expr.op === "binary" && operator !== undefined) return { ...expr, operator };
  return { op: "unary", operator: "!", operand: expr };
}
