import { block, code, list as commas, dot, raw } from "../code/code.ts";
import type { Value } from "../expr/expr.ts";
import type { State } from "../interpret/input.ts";
import type { KindIr, VmsdIr } from "../ir.ts";
import { elementsView } from "./element-views.ts";
import { parseJson } from "./index.ts";
import type { Kind } from "./kind.ts";
import { bind, propertiesFor } from "./struct.ts";

type ListIr = KindIr & { kind: "qtailq" | "qlist" };

const elementOf = ({ vmsd, with: bindings }: ListIr): KindIr => ({ kind: "struct", vmsd, with: bindings });

/** The key under which the element keeps the byte before it, if it does. */
function markerKey(vmsd: VmsdIr): string | undefined {
  const first = vmsd.fields[0];
  return first?.kind.kind === "marker" ? first.key : undefined;
}

/** Elements with a byte that is not 0 before each, and a byte 0 behind the last. */
export const list: Kind<ListIr> = {
  size: () => undefined,
  type: ({ vmsd }, into) => code`${into.nested(vmsd)}.State[]`,
  zero: () => [],
  moving: {
    save: (k, value, body) => {
      const [i, e] = [body.unique("i"), body.unique("e")];
      const key = markerKey(body.module.program.vmsd(k.vmsd));
      const nested = body.module.nested(k.vmsd);
      const properties = propertiesFor(body.module.program.vmsd(k.vmsd), k.with, (expr) => body.expr(expr));
      return [
        code`if (${value}.length > ${k.max}) throw ${body.use("aboveLimit")}(w, ${body.vmsd}, ${body.field}, ${value}.length, ${k.max});`,
        block(code`for (let ${i} = 0; ${i} < ${value}.length; ${i}++)`, [
          code`const ${e} = ${value}[${i}] as ${nested}.State;`,
          body.room(1),
          code`b[o] = ${key === undefined ? raw("1") : dot(e, key)};`,
          code`w.at = o + 1;`,
          code`w.path.enter(${body.vmsd}, ${body.field}, ${i});`,
          code`${nested}.save(${commas([e, raw("w"), ...properties])});`,
          code`w.path.leave();`,
          code`o = w.at;`,
          code`b = w.bytes;`,
          code`d = w.view;`,
        ]),
        body.room(1),
        code`b[o++] = 0;`,
      ];
    },
    load: (k, target, body) => {
      const [a, n] = [body.unique("a"), body.unique("n")];
      const nested = body.module.nested(k.vmsd);
      const properties = propertiesFor(body.module.program.vmsd(k.vmsd), k.with, (expr) => body.expr(expr));
      return [
        code`const ${a}: ${nested}.State[] = [];`,
        block(code`for (;;)`, [
          code`if (o + 1 > end) throw ${body.use("truncated")}(r, ${body.vmsd}, o, ${`${body.field} 1`});`,
          code`const ${n} = b[o++] as number;`,
          code`if (${n} === 0) break;`,
          code`if (${a}.length === ${k.max}) throw ${body.use("beyondLimit")}(r, ${body.vmsd}, ${body.field}, o - 1, ${a}.length + 1, ${k.max});`,
          code`r.marker = ${n};`,
          code`r.at = o;`,
          code`r.path.enter(${body.vmsd}, ${body.field}, ${a}.length);`,
          code`${a}.push(${nested}.load(${commas([raw("r"), raw(String(body.since)), ...properties])}));`,
          code`r.path.leave();`,
          code`o = r.at;`,
        ]),
        code`${target} = ${a};`,
      ];
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      const inner = out.program.vmsd(k.vmsd);
      const key = markerKey(inner);
      const elements = value as readonly State[];
      if (elements.length > k.max) throw out.refuse("limit");
      for (const element of elements) {
        out.put(key === undefined ? 1 : (element[key] as number));
        out.nested(k.vmsd, inner.versionId, bind(inner, k.with, scope), element);
      }
      out.put(0);
    },
    load: (k, input, scope) => {
      const inner = input.program.vmsd(k.vmsd);
      const elements: Value[] = [];
      for (;;) {
        const marker = input.bytes[input.take(1)] ?? 0;
        if (marker === 0) return elements;
        if (elements.length === k.max) throw input.refuse("limit", input.at - 1);
        input.marker = marker;
        elements.push(input.nested(k.vmsd, input.since, bind(inner, k.with, scope), undefined));
      }
    },
  },
  parse: (k, json, program) => (json as readonly never[]).map((each) => parseJson(elementOf(k), each, program)),
  describe: (k) => ({ kind: k.kind, size: 0, vmsd: k.vmsd }),
  view: elementsView(elementOf, (k) => ({ least: 0, most: k.max })),
};

/** The properties of an inner vmsd, from around. */
export function propertiesOf(inner: VmsdIr, property: (name: string) => Value): State {
  return Object.fromEntries(Object.keys(inner.properties).map((name) => [name, property(name)]));
}
