import type { BinaryOperator, Expr, PureFunction, UnaryOperator, Value } from "./expr.ts";

export interface Scope {
  readonly field: (key: string) => Value;
  readonly property: (name: string) => Value;
  readonly versionId: number;
  readonly index: number;
}

// biome-ignore lint/suspicious/noExplicitAny: the operators of JavaScript on whatever the state holds.
type Any = any;

const UNARY: Readonly<Record<UnaryOperator, (a: Any) => Value>> = { "!": (a) => !a, "-": (a) => -a, "~": (a) => ~a };

/** `&&` and `||` look at their right side only when they need it, so they are no part of this table. */
const BINARY: Readonly<Record<Exclude<BinaryOperator, "&&" | "||">, (a: Any, b: Any) => Value>> = {
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "&": (a, b) => a & b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
  ">>>": (a, b) => a >>> b,
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

const CALLS: Readonly<Record<PureFunction, (...args: Any[]) => Value>> = {
  BigInt: (a) => BigInt(a),
  Number: (a) => Number(a),
  "Math.min": Math.min,
  "Math.max": Math.max,
  "Math.floor": Math.floor,
  "Math.ceil": Math.ceil,
  capabilityAt: (config: Uint8Array, id: number) => {
    const pointer = (at: number): number => (config[at] ?? 0) & ~3;
    const visited = new Set([0]);
    let at = ((config[6] ?? 0) & 0x10) === 0 ? 0 : pointer(0x34);
    for (; !visited.has(at); at = pointer(at + 1)) {
      if (config[at] === id) return at;
      visited.add(at);
    }
    return 0;
  },
};

/** What an expression gives in a scope. */
export function evaluate(expr: Expr, scope: Scope): Value {
  const value = (inner: Expr): Any => evaluate(inner, scope);
  switch (expr.op) {
    case "literal":
      return expr.value;
    case "bigint":
      return BigInt(expr.value);
    case "field":
      return scope.field(expr.key);
    case "property":
      return scope.property(expr.name);
    case "version":
      return scope.versionId;
    case "index":
      return scope.index;
    case "member":
      return value(expr.of)[expr.key];
    case "element":
      return value(expr.of)[value(expr.at)];
    case "length":
      return value(expr.of).length;
    case "unary":
      return UNARY[expr.operator](value(expr.operand));
    case "binary":
      if (expr.operator === "&&") return value(expr.left) && value(expr.right);
      if (expr.operator === "||") return value(expr.left) || value(expr.right);
      return BINARY[expr.operator](value(expr.left), value(expr.right));
    case "choose":
      return value(expr.when) ? value(expr.yes) : value(expr.no);
    case "call":
      return CALLS[expr.name](...expr.args.map(value));
  }
}
