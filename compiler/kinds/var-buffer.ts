import { code, raw } from "../code/code.ts";
import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { KindIr } from "../ir.ts";
import { lengthIs } from "./array.ts";
import { bytesView, parseBytes } from "./buffer.ts";
import type { Kind } from "./kind.ts";
import { checkedCount, withinLimit } from "./limits.ts";

type VarBufferIr = KindIr & { kind: "varBuffer" };

const dueIn = (k: VarBufferIr, scope: Scope): number => Number(evaluate(k.size, scope)) * (k.multiply ?? 1);

/** Raw bytes, as many as the state says. */
export const varBuffer: Kind<VarBufferIr> = {
  size: () => undefined,
  type: () => raw("Uint8Array"),
  zero: () => new Uint8Array(0),
  moving: {
    save: (k, value, body) => {
      const n = body.unique("n");
      return [...withinLimit(k.size, k, n, body), lengthIs(value, n, body), body.room(n), code`b.set(${value}, o);`, code`o += ${n};`];
    },
    load: (k, target, body) => {
      const n = body.unique("n");
      return [
        ...checkedCount(k.size, k, n, body),
        code`if (o + ${n} > end) throw ${body.use("truncated")}(r, ${body.vmsd}, o, ${`${body.field} `} + ${n});`,
        code`${target} = b.subarray(o, o + ${n});`,
        code`o += ${n};`,
      ];
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      const due = dueIn(k, scope);
      if (!(due >= 0 && due <= k.max)) throw out.refuse("limit");
      const bytes = value as Uint8Array;
      if (bytes.length !== due) throw out.refuse("length");
      out.putBytes(bytes);
    },
    load: (k, input, scope) => {
      const due = dueIn(k, scope);
      if (!(due >= 0 && due <= k.max)) throw input.refuse("limit", input.at);
      const at = input.take(due);
      return input.bytes.slice(at, at + due);
    },
  },
  parse: (_, json) => parseBytes(json),
  describe: ({ multiply }) => ({ kind: "buffer", size: multiply ?? 0 }),
  view: bytesView(({ max }) => ({ least: 0, most: max })),
};
