import { code, raw } from "../code/code.ts";
import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { Expr } from "../expr/expr.ts";
import type { KindIr } from "../ir.ts";
import { place } from "./body/place.ts";
import type { Kind } from "./kind.ts";
import { checkedCount, withinLimit } from "./limits.ts";

type UnusedIr = KindIr & { kind: "unused_buffer" };

const fixedSize = (size: Expr): number | undefined => (size.op === "literal" ? Number(size.value) : undefined);
const sizeIn = (k: UnusedIr, scope: Scope): number => Number(evaluate(k.size, scope));

/** Padding: zeros on save, skipped on load, not in the state. */
export const unusedBuffer: Kind<UnusedIr> = {
  size: ({ size }) => fixedSize(size),
  type: () => raw("never"),
  zero: () => undefined,
  fixed: {
    read: () => raw("undefined"),
    // The buffer holds what was written before, so zeros have to be written too.
    write: (k, _, at) => [code`${raw(at.bytes)}.fill(0, ${place(at)}, ${place(at, fixedSize(k.size) ?? 0)});`],
  },
  moving: {
    save: (k, _, body) => {
      const n = body.unique("n");
      return [...withinLimit(k.size, k, n, body), body.room(n), code`b.fill(0, o, o + ${n});`, code`o += ${n};`];
    },
    load: (k, _, body) => {
      const n = body.unique("n");
      return [
        ...checkedCount(k.size, k, n, body),
        code`if (o + ${n} > end) throw ${body.use("truncated")}(r, ${body.vmsd}, o, ${`${body.field} `} + ${n});`,
        code`o += ${n};`,
      ];
    },
  },
  interpret: {
    save: (k, _, out, scope) => {
      const size = sizeIn(k, scope);
      if (!(size >= 0 && size <= k.max)) throw out.refuse("limit");
      out.putBytes(new Uint8Array(size));
    },
    load: (k, input, scope) => {
      const size = sizeIn(k, scope);
      if (!(size >= 0 && size <= k.max)) throw input.refuse("limit", input.at);
      input.take(size);
      return undefined;
    },
  },
  parse: () => undefined,
  describe: ({ size }) => ({ kind: "unused_buffer", size: fixedSize(size) ?? 0 }),
};
