import type { Expr } from "../../../expr/expr.ts";
import { expressionsOf } from "../expressions.ts";
import { type Fault, lintRule } from "../lint-rule.ts";
import { nameOf, ShapeFault, shapeOf } from "../shape.ts";

export const countNotInteger = lintRule({
  id: "count-not-integer",
  on: "field",
  level: "error",
  summary: "a count or a size is no integer",
  check: ({ field, parent }) =>
    expressionsOf(field).flatMap(({ expr, what, role, part }): Fault[] => {
      if (role !== "count") return [];
      try {
        const shape = shapeOf(expr, parent);
        if (shape === "bigint") return [{ sentence: `${what} is a bigint; 'Number(...)' makes it a number.`, part }];
        if (shape !== "number") return [{ sentence: `${what} is ${nameOf(shape)}; it is an integer.`, part }];
      } catch (error) {
        // That it has no type at all is said by `expression-type`.
        if (error instanceof ShapeFault) return [];
        throw error;
      }
      return mayBeFraction(expr) ? [{ sentence: `${what} may be a fraction; 'Math.floor(...)' makes it an integer.`, part }] : [];
    }),
});

function mayBeFraction(expr: Expr): boolean {
  if (expr.op === "choose") return mayBeFraction(expr.yes) || mayBeFraction(expr.no);
  if (expr.op === "unary") return expr.operator === "-" && mayBeFraction(expr.operand);
  if (expr.op === "call") return ["Math.min", "Math.max"].includes(expr.name) && expr.args.some(mayBeFraction);
  if (expr.op !== "binary") return expr.op === "literal" && !Number.isInteger(expr.value);
  if (expr.operator === "/") return true;
  return ["+", "-", "*", "%"].includes(expr.operator) && (mayBeFraction(expr.left) || mayBeFraction(expr.right));
}
