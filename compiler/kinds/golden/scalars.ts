import type { Value } from "../../expr/expr.ts";
import type { JsonValue, ScalarKind } from "../../ir.ts";
import type { Golden, Wire } from "./golden.ts";

/** The kind in three fields: its extremes, and a value whose bytes all differ. */
function scalar(kind: ScalarKind, shows: string, values: readonly [Value, Value, Value], wire: Wire, absent: Golden["absent"]): Golden {
  const [first, second, x] = values;
  return {
    kind,
    shows,
    fields: { first: { kind }, second: { kind }, x: { kind } },
    state: { first, second, x },
    wire,
    ...(absent === undefined ? {} : { absent }),
  };
}

const same = (value: JsonValue & Value): readonly [JsonValue, Value] => [value, value];

export const SCALAR_GOLDENS: readonly Golden[] = [
  {
    kind: "bool",
    shows: "one byte, 0 or 1; any but 0 is true",
    fields: { first: { kind: "bool" }, x: { kind: "bool" } },
    state: { first: false, x: true },
    wire: `
      00  first
      01  x
    `,
    absent: [true, true],
    accepted: [
      {
        what: "a byte that is neither 0 nor 1",
        wire: `
          00  first
          80  x
        `,
        state: { first: false, x: true },
      },
    ],
  },
  scalar("uint8", "one byte", [0, 0xff, 0x81], "00 first\n ff second\n 81 x", same(3)),
  scalar("uint16", "two bytes, the high one first", [0, 0xffff, 0x8102], "0000 first\n ffff second\n 8102 x", same(3)),
  scalar("uint32", "four bytes, the high one first", [0, 0xffffffff, 0x81020304], "00000000 first\n ffffffff second\n 81020304 x", same(3)),
  scalar(
    "uint64",
    "eight bytes, the high one first",
    [0n, 0xffffffffffffffffn, 0x8102030405060708n],
    "0000000000000000 first\n ffffffffffffffff second\n 8102030405060708 x",
    ["3", 3n],
  ),
  scalar("int8", "one byte, two's complement", [-0x80, 0x7f, -1], "80 first\n 7f second\n ff x", same(-3)),
  scalar("int16", "two bytes, two's complement", [-0x8000, 0x7fff, -2], "8000 first\n 7fff second\n fffe x", same(-3)),
  scalar("int32", "four bytes, two's complement", [-0x80000000, 0x7fffffff, -2], "80000000 first\n 7fffffff second\n fffffffe x", same(-3)),
  scalar(
    "int64",
    "eight bytes, two's complement",
    [-0x8000000000000000n, 0x7fffffffffffffffn, -2n],
    "8000000000000000 first\n 7fffffffffffffff second\n fffffffffffffffe x",
    ["-3", -3n],
  ),
  scalar(
    "float64",
    "the bits of a double; a NaN keeps its own",
    [0n, 0x7ff0000000000001n, 0x3ff8000000000000n],
    "0000000000000000 first\n 7ff0000000000001 second\n 3ff8000000000000 x",
    ["3", 3n],
  ),
  scalar(
    "CPU_Double_U",
    "the bits of a double, the high word first",
    [0n, 0xfff0000000000001n, 0x3ff8000000000000n],
    "0000000000000000 first\n fff0000000000001 second\n 3ff8000000000000 x",
    ["3", 3n],
  ),
  scalar(
    "timer",
    "when it expires, in nanoseconds; all ones when it is not armed",
    [0n, -1n, 0x0102030405060708n],
    "0000000000000000 first\n ffffffffffffffff second\n 0102030405060708 x",
    ["-1", -1n],
  ),
  // What stands around a kind: since, exists, named, validate.
  {
    kind: "uint16",
    shows: "since a version: not in older streams, and absent after them",
    fields: { x: { kind: { kind: "uint16" }, since: 2, absent: 0x1234 }, last: { kind: "uint8" } },
    state: { x: 0x0102, last: 9 },
    wire: "0102 x\n 09 last",
    older: { wire: "09 last", state: { x: 0x1234, last: 9 } },
  },
  {
    kind: "uint16",
    shows: "since a version above the vmsd's own: never there",
    fields: { x: { kind: { kind: "uint16" }, since: 3, absent: 7 }, last: { kind: "uint8" } },
    state: { x: 7, last: 9 },
    wire: "09 last",
  },
  {
    kind: "uint16",
    shows: "exists as another field says",
    fields: {
      mode: { kind: "uint8" },
      x: { kind: { kind: "uint16" }, exists: { op: "field", key: "mode" }, absent: 7 },
      last: { kind: "uint8" },
    },
    state: { mode: 1, x: 0x0102, last: 9 },
    wire: "01 mode\n 0102 x\n 09 last",
    accepted: [{ what: "without the field", wire: "00 mode\n 09 last", state: { mode: 0, x: 7, last: 9 } }],
  },
  {
    kind: "uint16",
    shows: "exists as the version says, whatever its own",
    fields: {
      x: {
        kind: { kind: "uint16" },
        since: 2,
        exists: { op: "binary", operator: "<", left: { op: "version" }, right: { op: "literal", value: 2 } },
        absent: 7,
      },
      last: { kind: "uint8" },
    },
    state: { x: 7, last: 9 },
    wire: "09 last",
    older: { wire: "0102 x\n 09 last", state: { x: 0x0102, last: 9 } },
  },
  {
    kind: "uint8",
    shows: "named: two fields of one name with opposite predicates",
    fields: {
      mode: { kind: "uint8" },
      long: { kind: { kind: "uint16" }, name: "config", exists: { op: "field", key: "mode" } },
      x: { kind: { kind: "uint8" }, name: "config", exists: { op: "unary", operator: "!", operand: { op: "field", key: "mode" } } },
    },
    state: { mode: 0, long: 0, x: 5 },
    wire: "00 mode\n 05 config",
    accepted: [{ what: "the other one", wire: "01 mode\n 0102 config", state: { mode: 1, long: 0x0102, x: 0 } }],
  },
  {
    kind: "uint8",
    shows: "validated at its place in field order, and before a save",
    fields: {
      first: { kind: { kind: "uint8" }, validate: atMost("first", 3) },
      between: { kind: "uint32" },
      x: { kind: { kind: "uint8" }, validate: atMost("x", 4) },
      last: { kind: "uint32" },
    },
    state: { first: 3, between: 0, x: 4, last: 0 },
    wire: "03 first\n 00000000 between\n 04 x\n 00000000 last",
    refused: [
      { what: "the first, though the bytes end behind it", wire: "04 first", code: "invalid", piece: 0 },
      {
        what: "the second, though the bytes end within the last",
        wire: "03 first\n 00000000 between\n 05 x\n 00 last",
        code: "invalid",
        piece: 2,
      },
      {
        what: "the first, though the second is wrong as well",
        wire: "04 first\n 00000000 between\n 05 x\n 00000000 last",
        code: "invalid",
        piece: 0,
      },
      { what: "what comes before it and is not there", wire: "03 first\n 000000 between", code: "truncated", piece: 1 },
    ],
    unsendable: [
      { what: "the first", state: { first: 4, between: 0, x: 4, last: 0 }, code: "invalid", path: "first" },
      { what: "the second", state: { first: 3, between: 0, x: 5, last: 0 }, code: "invalid", path: "x" },
    ],
  },
];

function atMost(key: string, most: number) {
  return { op: "binary", operator: "<=", left: { op: "field", key }, right: { op: "literal", value: most } } as const;
}
