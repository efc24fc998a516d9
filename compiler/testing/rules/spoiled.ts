import type { Scope } from "../../expr/evaluate.ts";
import { evaluate } from "../../expr/evaluate.ts";
import type { Value } from "../../expr/expr.ts";
import type { KindIr } from "../../ir.ts";
import type { Program } from "../../kinds/kind.ts";
import { factsOf } from "../../kinds/scalars.ts";
import type { Random } from "../../oracle/random.ts";
import { randomValue } from "../../oracle/random-state.ts";
import { countLeaves } from "../state-leaves.ts";

/** A value of a kind that holds something against itself, as it may not be. Undefined where such a one would be too large to try. */
export function spoiled(kind: KindIr, scope: Scope, program: Program, random: Random): { readonly value: Value } | undefined {
  const draw = (each: KindIr): Value => randomValue(each, scope, program, random, 0, {});
  const first = (element: KindIr): { readonly value: Value } | undefined => {
    const values = draw(kind) as readonly Value[];
    const bad = spoiled(element, scope, program, random);
    return values.length === 0 || bad === undefined ? undefined : { value: [bad.value, ...values.slice(1)] };
  };
  switch (kind.kind) {
    case "equal": {
      const own = kind.local === undefined ? undefined : evaluate(kind.local, scope);
      const { type } = factsOf(kind.scalar);
      const other = draw({ kind: kind.scalar });
      if (own !== other) return { value: other };
      return { value: type === "boolean" ? !own : type === "bigint" ? (own === 0n ? 1n : 0n) : own === 0 ? 1 : 0 };
    }
    case "int32 le":
      return { value: kind.local === undefined ? random.below(4) : random.chance(0.5) ? -1 : Number(evaluate(kind.local, scope)) + 1 };
    case "qtailq":
    case "qlist":
    case "gtree":
      return tooMany(kind, draw);
    case "array":
    case "array2d":
    case "varray":
      return first(kind.element);
    case "pointer":
    case "nullable":
      return spoiled(kind.target, scope, program, random);
    case "custom":
      return spoiled(kind.layout, scope, program, random);
    default:
      return undefined;
  }
}

/** Leaves of all elements together. */
const MOST_LISTED = 200_000;
const DRAWS = 8;

/** One more than the limit of a list, all alike. */
function tooMany(
  kind: KindIr & { readonly kind: "qtailq" | "qlist" | "gtree" },
  draw: (kind: KindIr) => Value,
): { readonly value: Value } | undefined {
  const element: KindIr =
    kind.kind === "gtree" ? { kind: "struct", vmsd: kind.value, with: {} } : { kind: "struct", vmsd: kind.vmsd, with: kind.with };
  const value = Array.from({ length: DRAWS }, () => draw(element)).reduce((a, b) => (countLeaves(a) <= countLeaves(b) ? a : b));
  if (countLeaves(value) * kind.max > MOST_LISTED) return undefined;
  const one: Value = kind.kind === "gtree" ? { key: draw(kind.key), value } : value;
  return { value: new Array<Value>(kind.max + 1).fill(one) };
}
