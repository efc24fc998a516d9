/**
 * Source text to data. One walk serves predicates, counts, local values and plain constants: a constant is an expression with nothing
 * around it. What is accepted here is exactly what `expr.ts` can say; all else is refused where it stands.
 */
import { type ArrowFunction, type BinaryExpression, type Expression, Node, type PrefixUnaryExpression, SyntaxKind } from "ts-morph";
import { BINARY_OPERATORS, type BinaryOperator, type Expr } from "../expr/expr.ts";
import { fold } from "../expr/fold.ts";
import { bare, type Definition, type Resolve } from "./definition.ts";
import { liftCall } from "./lift-call.ts";
import { didYouMean } from "./nearest.ts";
import { refuse } from "./refusal.ts";

/** What a parameter of the arrow stands for. */
export type Binding = { readonly is: "state" } | { readonly is: "properties" } | { readonly is: "expr"; readonly expr: Expr };

/** The vmsd around: what an expression over it may ask for. */
export interface Surroundings {
  readonly vmsd: string;
  readonly fields: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

export interface Scope {
  readonly resolve: Resolve;
  /** What the expression is, for messages: "A predicate". */
  readonly what: string;
  readonly around: Surroundings | undefined;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Constants and functions that are being looked into. */
  readonly inside: readonly Node[];
}

const DEEPEST = 32;

/** The expression of an arrow whose parameters mean `parameters`, in that order, with everything constant computed. */
export function liftArrow(arrow: ArrowFunction, parameters: readonly Binding[], scope: Scope): Expr {
  return computed(arrow, liftBody(arrow, parameters, scope), scope);
}

/** An expression over constants alone, computed as far as it goes. */
export function liftConstant(node: Expression, resolve: Resolve, what: string): Expr {
  const scope: Scope = { resolve, what, around: undefined, bindings: new Map(), inside: [] };
  return computed(node, lift(node, scope), scope);
}

function computed(node: Node, expr: Expr, { what }: Scope): Expr {
  try {
    return fold(expr, { properties: {} });
  } catch (error) {
    // What JavaScript itself throws, such as for a bigint and a number in one operation.
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
      return refuse("not-constant", node, `${what} cannot be computed: ${error.message}.`);
    throw error;
  }
}

export function liftBody(arrow: ArrowFunction, parameters: readonly Binding[], scope: Scope): Expr {
  const { what } = scope;
  if (arrow.isAsync()) refuse("predicate-form", arrow, `${what} may not be async.`);
  const bindings = new Map<string, Binding>();
  for (const [index, parameter] of arrow.getParameters().entries()) {
    const name = parameter.getNameNode();
    const binding = parameters[index];
    if (!Node.isIdentifier(name) || parameter.hasInitializer() || parameter.isRestParameter())
      return refuse("predicate-form", parameter, `${what} has plain parameters, without a pattern, a default or '...'.`);
    if (binding === undefined)
      return refuse("predicate-form", parameter, `${what} has no parameter '${name.getText()}'; it is given ${parameters.length}.`);
    bindings.set(name.getText(), binding);
  }
  const body = arrow.getBody();
  if (Node.isBlock(body)) return refuse("predicate-form", body, `${what} is one expression, without a block.`);
  return lift(body as Expression, { ...scope, bindings });
}

export function lift(expression: Expression, scope: Scope): Expr {
  const node = bare(expression);
  if (Node.isNumericLiteral(node) || Node.isStringLiteral(node)) return { op: "literal", value: node.getLiteralValue() };
  if (Node.isTrueLiteral(node) || Node.isFalseLiteral(node)) return { op: "literal", value: Node.isTrueLiteral(node) };
  if (Node.isBigIntLiteral(node)) return { op: "bigint", value: String(BigInt(node.getText().replace(/_|n$/g, ""))) };
  if (Node.isIdentifier(node)) return liftName(node, scope);
  if (Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node)) return liftMember(node, scope);
  if (Node.isPrefixUnaryExpression(node)) return liftUnary(node, scope);
  if (Node.isBinaryExpression(node)) return liftBinary(node, scope);
  if (Node.isCallExpression(node)) return liftCall(node, scope);
  if (Node.isConditionalExpression(node))
    return {
      op: "choose",
      when: lift(node.getCondition(), scope),
      yes: lift(node.getWhenTrue(), scope),
      no: lift(node.getWhenFalse(), scope),
    };
  return refuse("expression-form", node, `${scope.what} may not contain ${shown(node)}.`);
}

function liftName(node: Expression, scope: Scope): Expr {
  const name = node.getText();
  const binding = scope.bindings.get(name);
  if (binding?.is === "expr") return binding.expr;
  if (binding !== undefined) return refuse("expression-form", node, `${scope.what} may use '${name}' only as '${name}.' and a name.`);
  return liftDefinition(node, scope.resolve(node), scope);
}

function liftDefinition(node: Expression, definition: Definition | undefined, scope: Scope): Expr {
  const { what } = scope;
  if (definition === undefined) return refuse("unknown-name", node, `${what} uses '${node.getText()}', which is declared nowhere.`);
  if (definition.is === "const") return within(definition.declaration, node, scope, (inner) => lift(definition.initializer, inner));
  if (definition.is === "value") return within(definition.value, node, scope, (inner) => lift(definition.value, inner));
  if (definition.is === "member") return liftEnumMember(definition, node, scope);
  const found = definition.is === "other" ? definition.what : "no constant";
  return refuse("not-constant", node, `${what} may use only constants; '${node.getText()}' is ${found}.`);
}

/** Looks into a declaration that lies elsewhere: none of the names here mean anything there. */
export function within(declaration: Node, from: Node, scope: Scope, step: (inner: Scope) => Expr): Expr {
  if (scope.inside.includes(declaration) || scope.inside.length >= DEEPEST)
    return refuse("recursion", from, `${scope.what} uses '${from.getText()}', which needs itself.`);
  return step({ ...scope, bindings: new Map(), inside: [...scope.inside, declaration] });
}

function liftEnumMember({ member }: Definition & { is: "member" }, node: Expression, scope: Scope): Expr {
  const initializer = member.getInitializer();
  if (initializer !== undefined) return within(member, node, scope, (inner) => lift(initializer, inner));
  const before = member.getParent().getMembers()[member.getChildIndex() / 2 - 1];
  if (before === undefined) return { op: "literal", value: 0 };
  const left = within(member, node, scope, (inner) => liftEnumMember({ is: "member", member: before }, node, inner));
  return { op: "binary", operator: "+", left, right: { op: "literal", value: 1 } };
}

function liftMember(node: Expression, scope: Scope): Expr {
  if (!Node.isPropertyAccessExpression(node) && !Node.isElementAccessExpression(node)) throw new Error("Not a member.");
  if (node.hasQuestionDotToken()) return refuse("expression-operator", node, `${scope.what} may not use '?.'.`);
  const owner = bare(node.getExpression());
  const binding = Node.isIdentifier(owner) ? scope.bindings.get(owner.getText()) : undefined;
  if (binding?.is === "state" || binding?.is === "properties") return liftAsked(node, binding.is, scope);
  if (binding === undefined && Node.isPropertyAccessExpression(node)) {
    const definition = scope.resolve(node);
    if (definition !== undefined) return liftDefinition(node, definition, scope);
  }
  const of = lift(owner, scope);
  if (Node.isPropertyAccessExpression(node)) {
    const key = node.getName();
    return key === "length" ? { op: "length", of } : { op: "member", of, key };
  }
  const at = lift(argumentOf(node, scope), scope);
  return at.op === "literal" && typeof at.value === "string" ? { op: "member", of, key: at.value } : { op: "element", of, at };
}

/** `s.key` or `m.name`, which must be there. */
function liftAsked(node: Expression, from: "state" | "properties", scope: Scope): Expr {
  const name = nameOf(node, scope);
  const { around, what } = scope;
  const known = from === "state" ? around?.fields : around?.properties;
  if (around !== undefined && known?.has(name) !== true) {
    const guess = didYouMean(name, known ?? []);
    if (from === "state")
      return refuse("unknown-field", node, `${what} asks for field '${name}', which '${around.vmsd}' does not have${guess}.`);
    return refuse("unknown-property", node, `${what} asks for property '${name}', which '${around.vmsd}' does not declare${guess}.`);
  }
  return from === "state" ? { op: "field", key: name } : { op: "property", name };
}

function nameOf(node: Expression, scope: Scope): string {
  if (Node.isPropertyAccessExpression(node)) return node.getName();
  if (!Node.isElementAccessExpression(node)) throw new Error("Not a member.");
  const name = computed(node, lift(argumentOf(node, scope), scope), scope);
  if (name.op === "literal" && typeof name.value === "string") return name.value;
  return refuse("expression-form", node, `${scope.what} may ask only for a name that is written down.`);
}

function argumentOf(node: Node, scope: Scope): Expression {
  const argument = Node.isElementAccessExpression(node) ? node.getArgumentExpression() : undefined;
  return argument ?? refuse("expression-form", node, `${scope.what} has empty brackets.`);
}

const UNARY = new Map([
  [SyntaxKind.ExclamationToken, "!"],
  [SyntaxKind.MinusToken, "-"],
  [SyntaxKind.TildeToken, "~"],
] as const);

function liftUnary(node: PrefixUnaryExpression, scope: Scope): Expr {
  const operator = UNARY.get(node.getOperatorToken() as SyntaxKind.MinusToken);
  if (operator === undefined) return refuseOperator(node, node.getText().slice(0, node.getOperand().getStart() - node.getStart()), scope);
  return { op: "unary", operator, operand: lift(node.getOperand(), scope) };
}

function liftBinary(node: BinaryExpression, scope: Scope): Expr {
  const operator = node.getOperatorToken().getText();
  if (!isBinaryOperator(operator)) return refuseOperator(node.getOperatorToken(), operator, scope);
  return { op: "binary", operator, left: lift(node.getLeft(), scope), right: lift(node.getRight(), scope) };
}

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(BINARY_OPERATORS, text);
}

function refuseOperator(node: Node, operator: string, { what }: Scope): never {
  const strict = operator === "==" || operator === "!=" ? `; write '${operator}='` : "";
  return refuse("expression-operator", node, `${what} may not use '${operator.trim()}'${strict}.`);
}

const LONGEST = 40;

/** A piece of source text short enough for a sentence. */
export function shown(node: Node): string {
  const text = node.getText().replace(/\s+/g, " ");
  return `'${text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text}'`;
}
