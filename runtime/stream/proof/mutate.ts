import fc from "fast-check";

/** A change of a stream. Places are taken modulo its length, or as a distance from one of its items. */
export type Mutation =
  | { readonly kind: "set"; readonly place: Place; readonly bytes: Uint8Array }
  | { readonly kind: "insert"; readonly place: Place; readonly bytes: Uint8Array }
  | { readonly kind: "remove"; readonly place: Place; readonly count: number }
  | { readonly kind: "copy"; readonly from: Place; readonly count: number; readonly to: Place }
  | { readonly kind: "number"; readonly nth: number; readonly text: string };

export type Place = { readonly at: number } | { readonly item: number; readonly ahead: number };

/** A stream to change, and where its items begin. */
export interface Base {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly starts: readonly number[];
}

const place = fc.oneof(
  { arbitrary: fc.record({ item: fc.nat(10_000), ahead: fc.nat(48) }), weight: 3 },
  { arbitrary: fc.record({ at: fc.nat(1 << 20) }), weight: 1 },
);
const edges = [0, 1, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 4096, 2 ** 32 - 1];
const be32 = fc.constantFrom(...edges).map((value) => be(BigInt(value), 4));
const be64 = fc.constantFrom(2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, (2n ** 64n - 4096n) | 8n).map((value) => be(value, 8));
const few = fc.uint8Array({ minLength: 1, maxLength: 6 });
const bytes = fc.oneof(
  fc.nat(255).map((byte) => Uint8Array.of(byte)),
  few,
  be32,
  be64,
);
const numbers = fc.constantFrom(
  "0",
  "1",
  "2",
  "255",
  "4096",
  "1048576",
  "2147483648",
  "4294967295",
  "4294967296",
  "1e3",
  "-1",
  "1e300",
  "null",
  "[]",
  "{}",
  '""',
);

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("set" as const), place, bytes }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant("insert" as const), place, bytes }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("remove" as const), place, count: fc.integer({ min: 1, max: 40 }) }), weight: 1 },
  {
    arbitrary: fc.record({ kind: fc.constant("copy" as const), from: place, count: fc.integer({ min: 1, max: 400 }), to: place }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant("number" as const), nth: fc.nat(100_000), text: numbers }), weight: 1 },
);

export function apply(base: Base, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce((bytes, change) => one(bytes, base, change), Buffer.from(base.bytes) as Uint8Array);
}

function one(bytes: Uint8Array, { starts }: Base, change: Mutation): Uint8Array {
  const resolve = (where: Place): number => {
    const at = "at" in where ? where.at : (starts[where.item % starts.length] ?? 0) + where.ahead;
    return bytes.length === 0 ? 0 : at % bytes.length;
  };
  const splice = (at: number, removed: number, added: Uint8Array): Uint8Array =>
    Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
  switch (change.kind) {
    case "set":
      return splice(resolve(change.place), change.bytes.length, change.bytes);
    case "insert":
      return splice(resolve(change.place), 0, change.bytes);
    case "remove":
      return splice(resolve(change.place), change.count, new Uint8Array());
    case "copy": {
      const from = resolve(change.from);
      return splice(resolve(change.to), 0, bytes.subarray(from, from + change.count));
    }
    case "number":
      return editNumber(bytes, change.nth, change.text);
  }
}

/** Another number in the description, whose length is mended. */
function editNumber(bytes: Uint8Array, nth: number, put: string): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const start = text.lastIndexOf('{"page_size"');
  const begin = start < 0 ? text.lastIndexOf('{"configuration"') : start;
  if (begin < 5) return bytes;
  const json = text.slice(begin);
  const found = [...json.matchAll(/(?<=: ?)\d+/g)];
  const hit = found[nth % Math.max(1, found.length)];
  if (hit === undefined) return bytes;
  const edited = json.slice(0, hit.index) + put + json.slice(hit.index + hit[0].length);
  return Buffer.concat([bytes.subarray(0, begin - 4), be(BigInt(edited.length), 4), Buffer.from(edited, "latin1")]);
}

function be(value: bigint, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, at) => Number((value >> BigInt(8 * (count - 1 - at))) & 0xffn));
}
