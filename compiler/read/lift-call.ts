import { type CallExpression, type Expression, Node } from "ts-morph";
import { type Expr, OWN_FUNCTIONS, type OwnFunction, PURE_FUNCTIONS, type PureFunction } from "../expr/expr.ts";
import { bare } from "./definition.ts";
import { type Binding, lift, liftBody, type Scope, shown, within } from "./lift.ts";
import { refuse } from "./refusal.ts";

/** A pure function of the language, or an arrow that is a constant, which is put in place of the call. */
export function liftCall(node: CallExpression, scope: Scope): Expr {
  const callee = bare(node.getExpression());
  const name = callee.getText();
  const args = node.getArguments().map((each) => argument(each, scope));
  const definition = scope.bindings.has(name) ? undefined : scope.resolve(callee);
  if (definition === undefined && isPure(name)) return { op: "call", name, args: args.map((each) => lift(each, scope)) };
  if (definition?.is === "language" && isOwn(definition.name))
    return { op: "call", name: definition.name, args: args.map((each) => lift(each, scope)) };
  const value = definition?.is === "const" ? definition.initializer : definition?.is === "value" ? definition.value : undefined;
  const arrow = value === undefined ? undefined : bare(value);
  if (!Node.isArrowFunction(arrow)) return refuse("expression-call", node, `${scope.what} may not call ${shown(node)}.`);
  const given = args.map((each) => bind(each, scope));
  return within(arrow, callee, scope, (inner) => liftBody(arrow, given, inner));
}

function isPure(name: string): name is PureFunction {
  return (PURE_FUNCTIONS as readonly string[]).includes(name);
}

function isOwn(name: string): name is OwnFunction {
  return (OWN_FUNCTIONS as readonly string[]).includes(name);
}

function argument(node: Node, { what }: Scope): Expression {
  return Node.isExpression(node) && !Node.isSpreadElement(node)
    ? node
    : refuse("expression-form", node, `${what} may not contain ${shown(node)}.`);
}

function bind(node: Expression, scope: Scope): Binding {
  const inner = bare(node);
  const whole = Node.isIdentifier(inner) ? scope.bindings.get(inner.getText()) : undefined;
  return whole ?? { is: "expr", expr: lift(inner, scope) };
}
