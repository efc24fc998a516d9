import { type Code, code, dot, raw } from "../code/code.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { KindIr } from "../ir.ts";
import type { LoadBody } from "./body/load-body.ts";
import { kindOf, parseJson, sizeOf, zeroOf } from "./index.ts";
import { HERE, type Kind } from "./kind.ts";
import { viewLikeInner } from "./like-inner.ts";

type EqualIr = KindIr & { kind: "equal" };

const scalarOf = ({ scalar }: EqualIr): KindIr => ({ kind: scalar });

/** A value that the destination has already. Where no property gives it, a load into a state compares with that state's. */
export const equal: Kind<EqualIr> = {
  size: () => undefined,
  type: (k, into) => kindOf(scalarOf(k)).type(scalarOf(k), into),
  zero: (k, program) => zeroOf(scalarOf(k), program),
  moving: {
    save: (k, value, body) => {
      const scalar = scalarOf(k);
      const size = sizeOf(scalar, body.module.program) ?? 0;
      const local = k.local === undefined ? undefined : body.expr(k.local);
      return [
        ...(local === undefined
          ? []
          : [code`if (${value} !== ${local}) throw ${body.use("unlikeLocal")}(w, ${body.vmsd}, ${body.field}, ${value}, ${local});`]),
        body.room(size),
        ...(kindOf(scalar).fixed?.write(scalar, value, HERE, body) ?? []),
        code`o += ${size};`,
      ];
    },
    load: (k, target, body) => {
      const scalar = scalarOf(k);
      const size = sizeOf(scalar, body.module.program) ?? 0;
      const read = kindOf(scalar).fixed?.read(scalar, HERE, body.module) ?? raw("undefined");
      return body.step(body.field, size, [code`${target} = ${read};`, ...compared(k, target, body)]);
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      if (k.local !== undefined && evaluate(k.local, scope) !== value) throw out.refuse("not-equal");
      kindOf(scalarOf(k)).interpret.save(scalarOf(k), value, out, scope);
    },
    load: (k, input, scope, old) => {
      const start = input.at;
      const value = kindOf(scalarOf(k)).interpret.load(scalarOf(k), input, scope, undefined);
      const local = k.local === undefined ? old : evaluate(k.local, scope);
      if (local !== undefined && local !== value) throw input.refuse("not-equal", start);
      return value;
    },
  },
  parse: (k, json, program) => parseJson(scalarOf(k), json, program),
  // A 64-bit one is called so by QEMU, though it is unsigned.
  describe: (k, program) => ({
    ...kindOf(scalarOf(k)).describe(scalarOf(k), program),
    kind: `${k.scalar === "uint64" ? "int64" : k.scalar} equal`,
  }),
  view: viewLikeInner(scalarOf),
};

function compared(k: EqualIr, target: Code, body: LoadBody): Code[] {
  const refuse = (local: Code): Code => code`throw ${body.use("notEqual")}(r, ${body.vmsd}, ${body.field}, o, ${target}, ${local});`;
  if (k.local !== undefined) {
    const local = body.expr(k.local);
    return [code`if (${target} !== ${local}) ${refuse(local)}`];
  }
  const old = body.old();
  if (old === undefined) return [];
  return [code`if (old !== undefined && ${target} !== ${dot(raw("old"), old)}) ${refuse(dot(raw("old"), old))}`];
}
