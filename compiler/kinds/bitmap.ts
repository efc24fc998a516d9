import { code, raw } from "../code/code.ts";
import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { KindIr } from "../ir.ts";
import { lengthIs } from "./array.ts";
import { elementsView } from "./element-views.ts";
import { loadElements, saveElements } from "./elements.ts";
import type { Kind } from "./kind.ts";
import { checkedCount, withinLimit } from "./limits.ts";

type BitmapIr = KindIr & { kind: "bitmap" };

const WORD: KindIr = { kind: "uint64" };
const BITS = 64;

const bitsIn = (k: BitmapIr, scope: Scope): number => Number(evaluate(k.bits, scope));

/** Bits in words of 64, each a big-endian number whose lowest bit comes first in the map. */
export const bitmap: Kind<BitmapIr> = {
  size: () => undefined,
  type: () => raw("bigint[]"),
  zero: () => [],
  moving: {
    save: (k, value, body) => {
      const n = body.unique("n");
      return [
        ...withinLimit(k.bits, k, n, body),
        lengthIs(value, code`Math.ceil(${n} / ${BITS})`, body),
        ...saveElements(WORD, value, body),
      ];
    },
    load: (k, target, body) => {
      const [n, words] = [body.unique("n"), body.unique("n")];
      return [
        ...checkedCount(k.bits, k, n, body),
        code`const ${words} = Math.ceil(${n} / ${BITS});`,
        ...loadElements(WORD, words, target, body),
      ];
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      const bits = bitsIn(k, scope);
      if (!(bits >= 0 && bits <= k.max)) throw out.refuse("limit");
      const words = value as readonly bigint[];
      if (words.length !== Math.ceil(bits / BITS)) throw out.refuse("length");
      for (const word of words) out.putInteger(word, 8);
    },
    load: (k, input, scope) => {
      const bits = bitsIn(k, scope);
      if (!(bits >= 0 && bits <= k.max)) throw input.refuse("limit", input.at);
      const words = Math.ceil(bits / BITS);
      const at = input.take(words * 8);
      return Array.from({ length: words }, (_, index) => input.view.getBigUint64(at + index * 8));
    },
  },
  parse: (_, json) => (json as readonly string[]).map(BigInt),
  describe: () => ({ kind: "bitmap", size: 0 }),
  view: elementsView(
    () => WORD,
    (k) => ({ least: 0, most: Math.ceil(k.max / BITS) }),
  ),
};
