import { code, dot, raw } from "../code/code.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { KindIr } from "../ir.ts";
import { kindOf } from "./index.ts";
import type { Kind } from "./kind.ts";
import { viewLikeInner } from "./like-inner.ts";

const INT32: KindIr = { kind: "int32" };

/** An int32 from 0 to the destination's own value; where no property gives that, a load into a state takes that state's. */
export const int32Le: Kind<KindIr & { kind: "int32 le" }> = {
  size: () => undefined,
  type: () => raw("number"),
  zero: () => 0,
  moving: {
    save: (_, value, body) => [body.room(4), code`d.setInt32(o, ${value});`, code`o += 4;`],
    load: (k, target, body) => {
      const refuse = (bad: string, local: string) =>
        code`if (${raw(bad)}) throw ${body.use("notWithin")}(r, ${body.vmsd}, ${body.field}, o, ${target}, ${raw(local)});`;
      const old = body.old();
      const checks = [];
      if (k.local !== undefined) {
        const local = body.expr(k.local).text;
        checks.push(refuse(`${target.text} < 0 || ${target.text} > ${local}`, local));
      } else if (old !== undefined) {
        const local = dot(raw("old"), old).text;
        checks.push(refuse(`old !== undefined && (${target.text} < 0 || ${target.text} > ${local})`, local));
      }
      return body.step(body.field, 4, [code`${target} = d.getInt32(o);`, ...checks]);
    },
  },
  interpret: {
    save: (_, value, out, scope) => kindOf(INT32).interpret.save(INT32, value, out, scope),
    load: (k, input, scope, old) => {
      const start = input.at;
      const value = kindOf(INT32).interpret.load(INT32, input, scope, undefined) as number;
      const local = k.local === undefined ? old : evaluate(k.local, scope);
      if (local !== undefined && (value < 0 || value > (local as number))) throw input.refuse("not-equal", start);
      return value;
    },
  },
  parse: (_, json) => json as number,
  describe: () => ({ kind: "int32 le", size: 4 }),
  view: viewLikeInner(() => INT32),
};
