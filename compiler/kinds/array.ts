import { type Code, code, raw } from "../code/code.ts";
import type { Value } from "../expr/expr.ts";
import type { KindIr } from "../ir.ts";
import type { SaveBody } from "./body/save-body.ts";
import { elementsView } from "./element-views.ts";
import { arrayType, loadElements, readElements, saveElements, storeElements, writeElements } from "./elements.ts";
import { kindOf, parseJson, sizeOf, zeroOf } from "./index.ts";
import type { Kind } from "./kind.ts";

type ArrayIr = KindIr & { kind: "array" | "array2d" };

const countOf = (k: ArrayIr): number => (k.kind === "array" ? k.count : k.rows * k.columns);

/** A fixed number of elements; a table is one array, row after row. */
const fixedCount: Kind<ArrayIr> = {
  size: (k, program) => {
    const element = sizeOf(k.element, program);
    return element === undefined ? undefined : element * countOf(k);
  },
  type: (k, into) => arrayType(k.element, into),
  zero: (k, program) => Array.from({ length: countOf(k) }, () => zeroOf(k.element, program)),
  fixed: {
    read: (k, at, into) => readElements(k.element, countOf(k), at, into),
    store: (k, target, at, into) => storeElements(k.element, countOf(k), target, at, into),
    write: (k, value, at, body) => [lengthIs(value, countOf(k), body), ...writeElements(k.element, countOf(k), value, at, body)],
  },
  moving: {
    save: (k, value, body) => [lengthIs(value, countOf(k), body), ...saveElements(k.element, value, body)],
    load: (k, target, body) => loadElements(k.element, raw(String(countOf(k))), target, body),
  },
  interpret: {
    save: (k, value, out, scope) => {
      const values = value as readonly Value[];
      if (values.length !== countOf(k)) throw out.refuse("length");
      for (const [index, each] of values.entries()) kindOf(k.element).interpret.save(k.element, each, out, { ...scope, index });
    },
    load: (k, input, scope) =>
      Array.from({ length: countOf(k) }, (_, index) => kindOf(k.element).interpret.load(k.element, input, { ...scope, index }, undefined)),
  },
  parse: (k, json, program) => (json as readonly never[]).map((each) => parseJson(k.element, each, program)),
  describe: (k, program) => {
    const element = kindOf(k.element).describe(k.element, program);
    return { ...element, num: countOf(k) * (element.num ?? 1) };
  },
  view: elementsView(
    (k) => k.element,
    (k) => ({ least: countOf(k), most: countOf(k) }),
  ),
};

export const array = fixedCount as Kind<KindIr & { kind: "array" }>;
export const array2d = fixedCount as Kind<KindIr & { kind: "array2d" }>;

/** A length of another number of elements would shift all that follows on the wire. */
export function lengthIs(value: Code, due: number | Code, body: SaveBody): Code {
  return code`if (${value}.length !== ${due}) throw ${body.use("wrongLength")}(w, ${body.vmsd}, ${body.field}, ${value}.length, ${due});`;
}
