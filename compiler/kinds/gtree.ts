import { block, type Code, code, raw } from "../code/code.ts";
import type { Value } from "../expr/expr.ts";
import type { KindIr } from "../ir.ts";
import { elementsView } from "./element-views.ts";
import { loadMoving, saveMoving } from "./elements.ts";
import { kindOf, parseJson, viewOf } from "./index.ts";
import type { Kind, ViewFace } from "./kind.ts";

type TreeIr = KindIr & { kind: "gtree" };

const nodeOf = ({ value }: TreeIr): KindIr => ({ kind: "struct", vmsd: value, with: {} });

/** Nodes are written at the newest version of what they are, and read at the field's own. */
function atVersion(kind: KindIr, versionId: number): KindIr {
  return kind.kind === "struct" ? { kind: "vstruct", vmsd: kind.vmsd, versionId, with: {} } : kind;
}

/** The number of nodes; for each a byte 1, its key and its value, in the order of the keys; a byte 0. */
export const gtree: Kind<TreeIr> = {
  size: () => undefined,
  type: (k, into) => code`{ key: ${kindOf(k.key).type(k.key, into)}; value: ${kindOf(nodeOf(k)).type(nodeOf(k), into)} }[]`,
  zero: () => [],
  moving: {
    save: (k, value, body) => {
      const [i, e] = [body.unique("i"), body.unique("e")];
      const outer = body.index;
      body.index = i.text;
      const loop = block(code`for (let ${i} = 0; ${i} < ${value}.length; ${i}++)`, [
        code`const ${e} = ${value}[${i}] as (typeof ${value})[number];`,
        body.room(1),
        code`b[o++] = 1;`,
        ...saveMoving(k.key, code`${e}.key`, body),
        ...saveMoving(nodeOf(k), code`${e}.value`, body),
      ]);
      body.index = outer;
      return [
        code`if (${value}.length > ${k.max}) throw ${body.use("aboveLimit")}(w, ${body.vmsd}, ${body.field}, ${value}.length, ${k.max});`,
        body.room(4),
        code`d.setInt32(o, ${value}.length);`,
        code`o += 4;`,
        loop,
        body.room(1),
        code`b[o++] = 0;`,
      ];
    },
    load: (k, target, body) => {
      const [n, a, key, value, i] = [body.unique("n"), body.unique("a"), body.unique("e"), body.unique("e"), body.unique("i")];
      const [keyKind, valueKind] = [atVersion(k.key, body.since), atVersion(nodeOf(k), body.since)];
      const [keyType, valueType] = [kindOf(keyKind).type(keyKind, body.module), kindOf(valueKind).type(valueKind, body.module)];
      const outer = body.index;
      body.index = i.text;
      const inner = [...loadMoving(keyKind, key, body), code`let ${value}: ${valueType};`, ...loadMoving(valueKind, value, body)];
      body.index = outer;
      const wrongCount = (found: string) =>
        code`throw ${body.use("treeCount")}(r, ${body.vmsd}, ${body.field}, o - 1, ${n}, ${raw(found)});`;
      return [
        code`if (o + 4 > end) throw ${body.use("truncated")}(r, ${body.vmsd}, o, ${`${body.field} 4`});`,
        code`const ${n} = d.getUint32(o);`,
        code`if (${n} > ${k.max}) throw ${body.use("beyondLimit")}(r, ${body.vmsd}, ${body.field}, o, ${n}, ${k.max});`,
        code`o += 4;`,
        code`const ${a}: { key: ${keyType}; value: ${valueType} }[] = [];`,
        block(code`for (let ${i} = 0; ; ${i}++)`, [
          code`if (o + 1 > end) throw ${body.use("truncated")}(r, ${body.vmsd}, o, ${`${body.field} 1`});`,
          code`if (b[o++] === 0) break;`,
          code`if (${i} === ${n}) ${wrongCount(`${n.text} + 1`)}`,
          code`let ${key}: ${keyType};`,
          ...inner,
          code`${a}.push({ key: ${key}, value: ${value} });`,
        ]),
        code`if (${a}.length !== ${n}) ${wrongCount(`${a.text}.length`)}`,
        code`${target} = ${a};`,
      ];
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      const nodes = value as readonly { readonly key: Value; readonly value: Value }[];
      if (nodes.length > k.max) throw out.refuse("limit");
      out.putInteger(BigInt(nodes.length), 4);
      nodes.forEach((node, index) => {
        out.put(1);
        kindOf(k.key).interpret.save(k.key, node.key, out, { ...scope, index });
        kindOf(nodeOf(k)).interpret.save(nodeOf(k), node.value, out, { ...scope, index });
      });
      out.put(0);
    },
    load: (k, input, scope) => {
      const announced = input.view.getUint32(input.take(4));
      if (announced > k.max) throw input.refuse("limit", input.at - 4);
      const [keyKind, valueKind] = [atVersion(k.key, input.since), atVersion(nodeOf(k), input.since)];
      const nodes: Value[] = [];
      while (input.bytes[input.take(1)] !== 0) {
        if (nodes.length === announced) throw input.refuse("tree-count", input.at - 1);
        const inside = { ...scope, index: nodes.length };
        const key = kindOf(keyKind).interpret.load(keyKind, input, inside, undefined);
        nodes.push({ key, value: kindOf(valueKind).interpret.load(valueKind, input, inside, undefined) });
      }
      if (nodes.length !== announced) throw input.refuse("tree-count", input.at - 1);
      return nodes;
    },
  },
  parse: (k, json, program) =>
    (json as readonly { readonly key: never; readonly value: never }[]).map(({ key, value }) => ({
      key: parseJson(k.key, key, program),
      value: parseJson(nodeOf(k), value, program),
    })),
  describe: (k) => ({ kind: "gtree", size: 0, vmsd: k.value }),
  view: elementsView(
    (k) => k,
    (k) => ({ least: 0, most: k.max }),
    () => nodeView,
  ),
};

/** What is seen of one node: an object of its key and its value. */
const nodeView: ViewFace<TreeIr> = {
  toJson: (k, value, body) => {
    const [key, inner] = [
      viewOf(k.key).toJson(k.key, code`${value}.key`, body),
      viewOf(nodeOf(k)).toJson(nodeOf(k), code`${value}.value`, body),
    ];
    return code`({ key: ${key}, value: ${inner} })`;
  },
  fromJson: (k, json, at, body) => {
    const [key, value] = [k.key, nodeOf(k)].map((kind) =>
      body.arrow(["e", "at"], (e, path) => viewOf(kind).fromJson(kind, e, path, body)),
    ) as [Code, Code];
    return code`${body.use("asNode")}(${json}, ${at}, ${key}, ${value})`;
  },
  diff: (k, a, b, at, body) => {
    const key = viewOf(k.key).diff(k.key, code`${a}.key`, code`${b}.key`, code`${at} + ".key"`, body);
    const value = viewOf(nodeOf(k)).diff(nodeOf(k), code`${a}.value`, code`${b}.value`, code`${at} + ".value"`, body);
    return code`[...${key}, ...${value}]`;
  },
  schema: (k) => ({
    type: "object",
    required: ["key", "value"],
    additionalProperties: false,
    properties: { key: viewOf(k.key).schema(k.key), value: viewOf(nodeOf(k)).schema(nodeOf(k)) },
  }),
};
