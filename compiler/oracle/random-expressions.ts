import { type BinaryOperator, type Expr, literal } from "../expr/expr.ts";
import type { KindIr, ScalarKind } from "../ir.ts";
import type { Random } from "./random.ts";

export const NUMBERS: readonly ScalarKind[] = ["uint8", "uint16", "uint32", "int8", "int16", "int32"];
const BIGINTS: readonly ScalarKind[] = ["uint64", "int64", "float64", "CPU_Double_U", "timer"];
/** Most elements of a list and most bytes of a buffer, as a rule. */
export const MOST = 7;

/** What expressions of a body may ask for; both grow while it is made. */
interface Known {
  /** Keys of numbers. */
  readonly numbers: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly versionId: number;
}

/** Random predicates, counts and rules over what a body knows. */
export class RandomExpressions {
  private readonly random: Random;
  private readonly known: Known;

  constructor(random: Random, known: Known) {
    this.random = random;
    this.known = known;
  }

  predicate(): Expr {
    const { pick, chance, below } = this.random;
    const names = Object.keys(this.known.properties);
    if (names.length > 0 && chance(0.3)) return { op: "unary", operator: "!", operand: { op: "property", name: pick(names) } };
    if (chance(0.2)) return { op: "binary", operator: ">=", left: { op: "version" }, right: literal(below(this.known.versionId + 2)) };
    const left: Expr = {
      op: "binary",
      operator: pick<BinaryOperator>(["&", "^", "+", "%"]),
      left: this.number(),
      right: literal(1 + below(9)),
    };
    const test: Expr = { op: "binary", operator: pick<BinaryOperator>(["===", "!==", "<", ">="]), left, right: literal(below(4)) };
    if (!chance(0.2)) return test;
    return {
      op: "binary",
      operator: pick<BinaryOperator>(["&&", "||"]),
      left: test,
      right: { op: "unary", operator: "!", operand: this.number() },
    };
  }

  number(): Expr {
    const { pick, below } = this.random;
    return this.known.numbers.length > 0 ? { op: "field", key: pick(this.known.numbers) } : literal(below(9));
  }

  /** What a load accepts of a field; undefined where nothing is to be said of its kind. */
  rule(key: string, kind: KindIr): Expr | undefined {
    const value: Expr = { op: "field", key };
    const length: Expr = { op: "length", of: value };
    const compare = (operator: BinaryOperator, left: Expr, right: Expr): Expr => ({ op: "binary", operator, left, right });
    if (NUMBERS.includes(kind.kind as ScalarKind)) return this.between(key);
    if (BIGINTS.includes(kind.kind as ScalarKind))
      return compare("!==", compare("&", value, { op: "bigint", value: "3" }), { op: "bigint", value: "3" });
    if (kind.kind === "bool") return compare("||", value, this.predicate());
    if (kind.kind === "varray" || kind.kind === "varBuffer") return compare("<", length, literal(MOST));
    const first: Expr = { op: "element", of: value, at: literal(0) };
    if (kind.kind === "buffer" && kind.size > 0) return compare("!==", first, literal(this.random.below(3)));
    const ofNumbers = kind.kind === "array" && kind.count > 0 && NUMBERS.includes(kind.element.kind as ScalarKind);
    return ofNumbers ? compare(">=", first, literal(-5)) : undefined;
  }

  private between(key: string): Expr {
    const value: Expr = { op: "field", key };
    return {
      op: "binary",
      operator: "&&",
      left: { op: "binary", operator: ">=", left: value, right: literal(0) },
      right: { op: "binary", operator: "<=", left: value, right: literal(MOST) },
    };
  }

  /** A count that stays within its limit, or, now and then, one that need not. */
  count(): Expr {
    const number = this.number();
    return this.random.chance(0.55) ? { op: "binary", operator: "&", left: number, right: literal(MOST) } : number;
  }

  /** Whether an element is null, by a bit of a number. */
  isNull(): Expr {
    const bit: Expr = { op: "binary", operator: ">>", left: this.number(), right: { op: "index" } };
    return { op: "binary", operator: "!==", left: { op: "binary", operator: "&", left: bit, right: literal(1) }, right: literal(0) };
  }
}
