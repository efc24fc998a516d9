/**
 * A predicate, a count or a local value, as data. It means what the same text means in JavaScript; only what is listed here can be
 * written, so that it can be evaluated at build time, printed into a codec, and compared.
 */
export type Expr =
  | { readonly op: "literal"; readonly value: number | boolean | string }
  /** A bigint, as its decimal digits: JSON has none. */
  | { readonly op: "bigint"; readonly value: string }
  /** A field of the state: its key. */
  | { readonly op: "field"; readonly key: string }
  /** A property of the device. */
  | { readonly op: "property"; readonly name: string }
  | { readonly op: "version" }
  /** The place in the array around, for `nullable`. */
  | { readonly op: "index" }
  | { readonly op: "member"; readonly of: Expr; readonly key: string }
  | { readonly op: "element"; readonly of: Expr; readonly at: Expr }
  | { readonly op: "length"; readonly of: Expr }
  | { readonly op: "unary"; readonly operator: UnaryOperator; readonly operand: Expr }
  | { readonly op: "binary"; readonly operator: BinaryOperator; readonly left: Expr; readonly right: Expr }
  | { readonly op: "choose"; readonly when: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly op: "call"; readonly name: PureFunction; readonly args: readonly Expr[] };

export const UNARY_OPERATORS = ["!", "-", "~"] as const;
export type UnaryOperator = (typeof UNARY_OPERATORS)[number];

/** With how tightly each binds; a higher one binds tighter. */
export const BINARY_OPERATORS = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "===": 6,
  "!==": 6,
  "<": 7,
  "<=": 7,
  ">": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  ">>>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
} as const;
export type BinaryOperator = keyof typeof BINARY_OPERATORS;

export const PURE_FUNCTIONS = ["BigInt", "Number", "Math.min", "Math.max", "Math.floor", "Math.ceil"] as const;
/** Those that the language has itself, and generated code takes from the runtime. */
export const OWN_FUNCTIONS = ["capabilityAt"] as const;
export type OwnFunction = (typeof OWN_FUNCTIONS)[number];
export type PureFunction = (typeof PURE_FUNCTIONS)[number] | OwnFunction;

export const literal = (value: number | boolean | string): Expr => ({ op: "literal", value });

/** What an expression may ask for while it is evaluated. */
export type Value = number | boolean | string | bigint | undefined | Uint8Array | readonly Value[] | { readonly [key: string]: Value };
