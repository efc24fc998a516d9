import { raw } from "../code/code.ts";
import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { Value } from "../expr/expr.ts";
import type { KindIr } from "../ir.ts";
import { lengthIs } from "./array.ts";
import { elementsView } from "./element-views.ts";
import { arrayType, loadElements, saveElements } from "./elements.ts";
import { kindOf, parseJson } from "./index.ts";
import type { Kind } from "./kind.ts";
import { checkedCount, withinLimit } from "./limits.ts";

type VarrayIr = KindIr & { kind: "varray" };

const dueIn = (k: VarrayIr, scope: Scope): number => Number(evaluate(k.count, scope)) * (k.multiply ?? 1);

/** As many elements as the state says. */
export const varray: Kind<VarrayIr> = {
  size: () => undefined,
  type: (k, into) => arrayType(k.element, into),
  zero: () => [],
  moving: {
    save: (k, value, body) => {
      const n = body.unique("n");
      return [...withinLimit(k.count, k, n, body), lengthIs(value, n, body), ...saveElements(k.element, value, body)];
    },
    load: (k, target, body) => {
      const n = body.unique("n");
      return [...checkedCount(k.count, k, n, body), ...loadElements(k.element, raw(n.text), target, body)];
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      const due = dueIn(k, scope);
      if (!(due >= 0 && due <= k.max)) throw out.refuse("limit");
      const values = value as readonly Value[];
      if (values.length !== due) throw out.refuse("length");
      for (const [index, each] of values.entries()) kindOf(k.element).interpret.save(k.element, each, out, { ...scope, index });
    },
    load: (k, input, scope) => {
      const due = dueIn(k, scope);
      if (!(due >= 0 && due <= k.max)) throw input.refuse("limit", input.at);
      return Array.from({ length: due }, (_, index) => kindOf(k.element).interpret.load(k.element, input, { ...scope, index }, undefined));
    },
  },
  parse: (k, json, program) => (json as readonly never[]).map((each) => parseJson(k.element, each, program)),
  describe: (k, program) => {
    const { num: _, ...element } = kindOf(k.element).describe(k.element, program);
    return element;
  },
  // How many there are the state says; a save holds it against that.
  view: elementsView(
    (k) => k.element,
    (k) => ({ least: 0, most: k.max }),
  ),
};
