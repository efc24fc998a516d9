import { code, raw } from "../code/code.ts";
import type { JsonValue, KindIr } from "../ir.ts";
import { lengthIs } from "./array.ts";
import { place } from "./body/place.ts";
import type { Kind, ViewFace } from "./kind.ts";

/** Raw bytes, a fixed number of them. */
export const buffer: Kind<KindIr & { kind: "buffer" }> = {
  size: ({ size }) => size,
  type: () => raw("Uint8Array"),
  zero: ({ size }) => new Uint8Array(size),
  fixed: {
    read: ({ size }, at) => code`${raw(at.bytes)}.subarray(${place(at)}, ${place(at, size)})`,
    store: ({ size }, target, at, into) => [
      code`${target} = ${into.use("bytesInto")}(${target}, ${raw(at.bytes)}, ${place(at)}, ${place(at, size)});`,
    ],
    write: ({ size }, value, at, body) => [lengthIs(value, size, body), code`${raw(at.bytes)}.set(${value}, ${place(at)});`],
  },
  interpret: {
    save: ({ size }, value, out) => {
      const bytes = value as Uint8Array;
      if (bytes.length !== size) throw out.refuse("length");
      out.putBytes(bytes);
    },
    load: ({ size }, input) => {
      const at = input.take(size);
      return input.bytes.slice(at, at + size);
    },
  },
  parse: (_, json) => parseBytes(json),
  describe: ({ size }) => ({ kind: "buffer", size }),
  view: bytesView(({ size }) => ({ least: size, most: size })),
};

export function parseBytes(json: JsonValue): Uint8Array {
  return Uint8Array.from(Buffer.from(json as string, "hex"));
}

/** Views of `least` to `most` bytes. */
export function bytesView<K>(bounds: (k: K) => { readonly least: number; readonly most: number }): ViewFace<K> {
  return {
    toJson: (_, value, body) => code`${body.use("hexBytes")}(${value})`,
    fromJson: (k, json, at, body) => {
      const { least, most } = bounds(k);
      return code`${body.use("asBytes")}(${json}, ${at}, ${least}, ${most})`;
    },
    diff: (_, a, b, at, body) => code`${body.use("diffBytes")}(${a}, ${b}, ${at})`,
    schema: (k) => {
      const { least, most } = bounds(k);
      return { type: "string", pattern: "^(?:[0-9a-f]{2})*$", minLength: 2 * least, maxLength: 2 * most };
    },
  };
}
