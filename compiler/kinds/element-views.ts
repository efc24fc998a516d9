import { type Code, code } from "../code/code.ts";
import type { KindIr } from "../ir.ts";
import type { ViewBody } from "./body/view-body.ts";
import { viewOf } from "./index.ts";
import type { ViewFace } from "./kind.ts";

/** Views of several values, from `least` to `most` of them, each seen as `viewOfEach` says. */
export function elementsView<K, E = KindIr>(
  elementOf: (k: K) => E,
  bounds: (k: K) => { readonly least: number; readonly most: number },
  // Asked for when it is used: kinds are made while the list of all of them is still being put together.
  viewOfEach: (element: E) => ViewFace<E> = (element) => viewOf(element as KindIr) as unknown as ViewFace<E>,
): ViewFace<K> {
  const each = (k: K): [E, ViewFace<E>] => [elementOf(k), viewOfEach(elementOf(k))];
  return {
    toJson: (k, value, body) => elementsToJson(...each(k), value, body),
    fromJson: (k, json, at, body) => {
      const [element, view] = each(k);
      const { least, most } = bounds(k);
      const one = body.arrow(["e", "at"], (e, path) => view.fromJson(element, e, path, body));
      return code`${body.use("asElements")}(${json}, ${at}, ${least}, ${most}, ${one})`;
    },
    diff: (k, a, b, at, body) => {
      const [element, view] = each(k);
      const one = body.arrow(["a", "b", "at"], (c, d, path) => view.diff(element, c, d, path, body));
      return code`${body.use("diffElements")}(${a}, ${b}, ${at}, ${one})`;
    },
    schema: (k) => {
      const [element, view] = each(k);
      const { least, most } = bounds(k);
      return { type: "array", items: view.schema(element), minItems: least, maxItems: most };
    },
  };
}

/** JSON that shares nothing with the state: it may be kept while the device goes on. */
function elementsToJson<E>(element: E, view: ViewFace<E>, value: Code, body: ViewBody): Code {
  let isSame = false;
  const one = body.arrow(["e"], (e) => {
    const json = view.toJson(element, e, body);
    isSame = json.text === e.text;
    return json;
  });
  return isSame ? code`${value}.slice()` : code`${value}.map(${one})`;
}
