import { BINARY_OPERATORS, type Expr, OWN_FUNCTIONS, type OwnFunction, type PureFunction } from "./expr.ts";

/** How the things that an expression asks for are written where it is printed. */
export interface Names {
  readonly field: (key: string) => string;
  readonly property: (name: string) => string;
  readonly version: string;
  readonly index: string;
  /** What is written behind an element, which a type check takes for possibly undefined. */
  readonly asserted?: string;
  /** How a function of the language is called; by its own name unless something is to be done about it. */
  readonly call?: (name: OwnFunction) => string;
}

const TIGHTEST = 20;
const UNARY = 15;
const LOOSEST = 0;

/** The names of a descriptor: the text that metadata carries. */
export const DESCRIPTOR_NAMES: Names = {
  field: (key) => member("s", key),
  property: (name) => member("m", name),
  version: "versionId",
  index: "index",
};

/** An expression as TypeScript, with no more parentheses than it needs. */
export function print(expr: Expr, names: Names = DESCRIPTOR_NAMES): string {
  return printAt(expr, names, LOOSEST);
}

/** `object.key`, or `object["key"]` where the key is no identifier. */
export function member(object: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${object}.${key}` : `${object}[${JSON.stringify(key)}]`;
}

function printAt(expr: Expr, names: Names, around: number): string {
  const inner = (each: Expr, at: number): string => printAt(each, names, at);
  const wrapped = (text: string, own: number): string => (own < around ? `(${text})` : text);
  switch (expr.op) {
    case "literal":
      return typeof expr.value === "number" && expr.value < 0 ? wrapped(String(expr.value), UNARY) : JSON.stringify(expr.value);
    case "bigint":
      return expr.value.startsWith("-") ? wrapped(`${expr.value}n`, UNARY) : `${expr.value}n`;
    case "field":
      return names.field(expr.key);
    case "property":
      return names.property(expr.name);
    case "version":
      return names.version;
    case "index":
      return names.index;
    case "member":
      return member(inner(expr.of, TIGHTEST), expr.key);
    case "element":
      return `${inner(expr.of, TIGHTEST)}[${inner(expr.at, LOOSEST)}]${names.asserted ?? ""}`;
    case "length":
      return `${inner(expr.of, TIGHTEST)}.length`;
    case "unary":
      return wrapped(`${expr.operator}${inner(expr.operand, UNARY + 1)}`, UNARY);
    case "binary": {
      const own = BINARY_OPERATORS[expr.operator];
      return wrapped(`${inner(expr.left, own)} ${expr.operator} ${inner(expr.right, own + 1)}`, own);
    }
    case "choose":
      return wrapped(`${inner(expr.when, 1)} ? ${inner(expr.yes, 1)} : ${inner(expr.no, 1)}`, LOOSEST + 0.5);
    case "call":
      return `${called(expr.name, names)}(${expr.args.map((each) => inner(each, LOOSEST)).join(", ")})`;
  }
}

function called(name: PureFunction, { call }: Names): string {
  const own = OWN_FUNCTIONS.find((each) => each === name);
  return own === undefined || call === undefined ? name : call(own);
}
