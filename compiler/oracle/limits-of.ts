import type { Expr } from "../expr/expr.ts";
import type { KindIr } from "../ir.ts";

/** A count that is held against a limit. */
export interface Limited {
  /** What gives the count; undefined for a list, which is as long as it is. */
  readonly amount: Expr | undefined;
  readonly multiply: number;
  readonly max: number;
}

/** The limits of a kind and of those that it is made of, but for vmsds within. Padding of a fixed size has none. */
export function limitsOf(kind: KindIr): readonly Limited[] {
  switch (kind.kind) {
    case "varray":
      return [{ amount: kind.count, multiply: kind.multiply ?? 1, max: kind.max }, ...limitsOf(kind.element)];
    case "varBuffer":
      return [{ amount: kind.size, multiply: kind.multiply ?? 1, max: kind.max }];
    case "bitmap":
      return [{ amount: kind.bits, multiply: 1, max: kind.max }];
    case "unused_buffer":
      return kind.size.op === "literal" ? [] : [{ amount: kind.size, multiply: 1, max: kind.max }];
    case "qtailq":
    case "qlist":
    case "gtree":
      return [{ amount: undefined, multiply: 1, max: kind.max }];
    case "array":
    case "array2d":
      return limitsOf(kind.element);
    case "pointer":
    case "nullable":
      return limitsOf(kind.target);
    case "custom":
      return limitsOf(kind.layout);
    default:
      return [];
  }
}
