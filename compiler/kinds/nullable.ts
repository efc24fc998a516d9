import { block, type Code, code } from "../code/code.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { Expr } from "../expr/expr.ts";
import { decided } from "../expr/fold.ts";
import type { KindIr } from "../ir.ts";
import type { LoadBody } from "./body/load-body.ts";
import type { SaveBody } from "./body/save-body.ts";
import { loadMoving, saveMoving } from "./elements.ts";
import { kindOf, parseJson, viewOf } from "./index.ts";
import type { Kind } from "./kind.ts";

/** The character 0: the one byte that stands for a null pointer. */
const MARKER = 0x30;
const BYTES = 8;

/** A pointer that may be null. Whether it is one, the state says: the marker could be data as well. */
export const nullable: Kind<KindIr & { kind: "nullable" }> = {
  size: () => undefined,
  type: ({ target }, into) => code`${kindOf(target).type(target, into)} | undefined`,
  zero: () => undefined,
  moving: {
    save: ({ target, isNull }, value, body) => {
      const refuse = (due: string) => code`throw ${body.use("nullMismatch")}(w, ${body.vmsd}, ${body.field}, ${due});`;
      return either(
        body,
        isNull,
        () => [code`if (${value} !== undefined) ${refuse("null")}`, body.room(1), code`b[o++] = ${MARKER};`],
        () => [code`if (${value} === undefined) ${refuse("not null")}`, ...saveMoving(target, value, body)],
      );
    },
    load: ({ target, isNull }, to, body) => {
      const key = body.key;
      body.key = "";
      const marked = () =>
        body.step(body.field, 1, [
          code`if (b[o] !== ${MARKER}) throw ${body.use("badMarker")}(r, ${body.vmsd}, ${body.field}, o, b[o] as number);`,
          code`${to} = undefined;`,
        ]);
      const statements = either(body, isNull, marked, () => loadMoving(target, to, body));
      body.key = key;
      return statements;
    },
  },
  interpret: {
    save: ({ target, isNull }, value, out, scope) => {
      if ((value === undefined) !== Boolean(evaluate(isNull, scope))) throw out.refuse("bad-marker");
      if (value === undefined) out.put(MARKER);
      else kindOf(target).interpret.save(target, value, out, scope);
    },
    load: ({ target, isNull }, input, scope) => {
      if (!evaluate(isNull, scope)) return kindOf(target).interpret.load(target, input, scope, undefined);
      const at = input.take(1);
      if (input.bytes[at] !== MARKER) throw input.refuse("bad-marker", at);
      return undefined;
    },
  },
  parse: ({ target }, json, program) => (json === null ? undefined : parseJson(target, json, program)),
  describe: ({ target }, program) => ({ ...kindOf(target).describe(target, program), size: BYTES }),
  view: {
    toJson: ({ target }, value, body) => code`${value} === undefined ? null : ${viewOf(target).toJson(target, value, body)}`,
    fromJson: ({ target }, json, at, body) => code`${json} === null ? undefined : ${viewOf(target).fromJson(target, json, at, body)}`,
    diff: ({ target }, a, b, at, body) => {
      const json = body.arrow(["e"], (e) => viewOf(target).toJson(target, e, body));
      const each = body.arrow(["a", "b", "at"], (c, d, path) => viewOf(target).diff(target, c, d, path, body));
      return code`${body.use("diffNullable")}(${a}, ${b}, ${at}, ${json}, ${each})`;
    },
    schema: ({ target }) => ({ anyOf: [{ type: "null" }, viewOf(target).schema(target)] }),
  },
};

/** What is done with a null and with the target; one of them alone where it is known which it is. */
function either(
  body: LoadBody | SaveBody,
  isNull: Expr,
  whenNull: () => readonly Code[],
  otherwise: () => readonly Code[],
): readonly Code[] {
  const condition = body.condition(isNull);
  const known = decided(condition);
  if (known !== undefined) return known ? whenNull() : otherwise();
  return [block(code`if (${body.expr(condition)})`, whenNull(), block(code`} else`, otherwise()).text)];
}
