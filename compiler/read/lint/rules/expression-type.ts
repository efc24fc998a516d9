import type { Ir } from "../../../ir.ts";
import { type Asked, expressionsOf } from "../expressions.ts";
import { type Fault, lintRule } from "../lint-rule.ts";
import { nameOf, type Primitive, ShapeFault, type ShapeScope, scalarShape, shapeOf } from "../shape.ts";

export const expressionType = lintRule({
  id: "expression-type",
  on: "field",
  level: "error",
  summary: "an expression of a field gives another type than is asked for, or mixes types",
  check: ({ field, parent }) => expressionsOf(field).flatMap((asked) => typeFault(asked, parent) ?? []),
});

export function typeFault(asked: Asked, scope: ShapeScope): Fault | undefined {
  const { expr, what, part } = asked;
  try {
    const shape = shapeOf(expr, scope);
    const expected = expectedOf(asked, scope.ir);
    if (expected === undefined || shape === expected) return undefined;
    return { sentence: `${what} is ${nameOf(shape)}; it is a ${expected}.`, part };
  } catch (error) {
    if (error instanceof ShapeFault) return { sentence: `${what} ${error.message}.`, part };
    throw error;
  }
}

/** Undefined for a count, which has a rule of its own. */
function expectedOf({ role, scalar, binds }: Asked, ir: Ir): Primitive | undefined {
  if (role === "condition" || role === "validate") return "boolean";
  if (scalar !== undefined) return scalarShape(scalar);
  const initial = binds === undefined ? undefined : ir.vmsds[binds.vmsd]?.properties[binds.property];
  return initial === undefined ? undefined : (typeof initial as Primitive);
}
