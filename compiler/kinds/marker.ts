import { code, raw } from "../code/code.ts";
import type { KindIr } from "../ir.ts";
import type { Kind } from "./kind.ts";

/** The byte before a list's element as a value of that element. The list writes and reads the byte; here it is only kept. */
export const marker: Kind<KindIr & { kind: "marker" }> = {
  size: () => undefined,
  type: () => raw("number"),
  zero: () => 1,
  moving: {
    save: () => [],
    load: (_, target) => [code`${target} = r.marker;`],
  },
  interpret: { save: () => undefined, load: (_, input) => input.marker },
  parse: (_, json) => json as number,
  describe: () => ({ kind: "marker", size: 0 }),
  // A byte 0 would end the list.
  view: {
    toJson: (_, value) => value,
    fromJson: (_, json, at, body) => code`${body.use("asInteger")}(${json}, ${at}, 1, 255)`,
    diff: (_, a, b, at, body) => code`${body.use("diffValue")}(${a}, ${b}, ${at})`,
    schema: () => ({ type: "integer", minimum: 1, maximum: 255 }),
  },
};
