import fc from "fast-check";
import { expect, test } from "vitest";
import { capabilityAt } from "../../runtime/codec/v1.ts";
import { evaluate } from "./evaluate.ts";
import type { Expr } from "./expr.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const STATUS = 6;

/** Configuration space with that list of capabilities; each is its id and the place of the next. */
function config(first: number, list: Readonly<Record<number, readonly [id: number, next: number]>>, status = 0x10): Uint8Array {
  const bytes = new Uint8Array(256);
  bytes[STATUS] = status;
  bytes[0x34] = first;
  for (const [at, pair] of Object.entries(list)) bytes.set(pair, Number(at));
  return bytes;
}

const interpreted = (bytes: Uint8Array, id: number): unknown => {
  const expr: Expr = {
    op: "call",
    name: "capabilityAt",
    args: [
      { op: "field", key: "config" },
      { op: "literal", value: id },
    ],
  };
  return evaluate(expr, { field: () => bytes, property: () => undefined, versionId: 0, index: 0 });
};

test.each([
  ["the first of the list", config(0x40, { 64: [0x11, 0] }), 0x40],
  ["one behind others", config(0x40, { 64: [5, 0x60], 96: [0x11, 0] }), 0x60],
  ["a pointer whose low bits mean nothing", config(0x43, { 64: [5, 0x62], 96: [0x11, 0] }), 0x60],
  ["none of that id", config(0x40, { 64: [5, 0] }), 0],
  ["no list at all", config(0x40, { 64: [0x11, 0] }, 0), 0],
  ["a list that runs in a circle", config(0x40, { 64: [5, 0x60], 96: [9, 0x40] }), 0],
])("%s", (_what, bytes, at) => {
  expect(capabilityAt(bytes, 0x11)).toBe(at);
  expect(interpreted(bytes, 0x11)).toBe(at);
});

test("whatever the bytes are, codec and interpreter find the same, and both end", () => {
  const spaces = fc.uint8Array({ minLength: 256, maxLength: 256 });
  fc.assert(
    fc.property(spaces, fc.boolean(), fc.nat(255), (bytes, isFirst, other) => {
      bytes[STATUS] = 0x10;
      // An id at random is hardly ever in the list, whose first is where this says.
      const id = isFirst ? (bytes[(bytes[0x34] as number) & ~3] as number) : other;
      expect(capabilityAt(bytes, id)).toBe(interpreted(bytes, id));
    }),
    { seed: SEED, numRuns: 2000 },
  );
});
