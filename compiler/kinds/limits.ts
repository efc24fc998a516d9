import { type Code, code, raw } from "../code/code.ts";
import type { Expr } from "../expr/expr.ts";
import type { LoadBody } from "./body/load-body.ts";
import type { SaveBody } from "./body/save-body.ts";

interface Limit {
  readonly max: number;
  readonly multiply?: number;
}

/** A count on load: held against its limit before anything is allocated. Written so that NaN is refused as well. */
export function checkedCount(count: Expr, limit: Limit, name: Code, body: LoadBody): readonly Code[] {
  return [
    code`const ${name} = ${times(body.expr(count), limit)};`,
    code`if (!(${name} >= 0 && ${name} <= ${limit.max})) throw ${body.use("beyondLimit")}(r, ${body.vmsd}, ${body.field}, o, ${name}, ${limit.max});`,
  ];
}

/** The same count on save, where a state beyond the limit would be refused by every receiver. */
export function withinLimit(count: Expr, limit: Limit, name: Code, body: SaveBody): readonly Code[] {
  return [
    code`const ${name} = ${times(body.expr(count), limit)};`,
    code`if (!(${name} >= 0 && ${name} <= ${limit.max})) throw ${body.use("aboveLimit")}(w, ${body.vmsd}, ${body.field}, ${name}, ${limit.max});`,
  ];
}

function times(count: Code, { multiply }: Limit): Code {
  return multiply === undefined ? count : code`${raw(`(${count.text})`)} * ${multiply}`;
}
