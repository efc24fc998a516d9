import type { Expr } from "../../expr/expr.ts";
import { type Golden, vmsd } from "./golden.ts";

const field = (key: string): Expr => ({ op: "field", key });

const pair = vmsd("pair", { a: { kind: "uint8" }, b: { kind: "uint16" } });

export const ARRAY_GOLDENS: readonly Golden[] = [
  {
    kind: "array",
    shows: "its elements and nothing else",
    fields: { x: { kind: "array", element: { kind: "uint16" }, count: 3 } },
    state: { x: [0x42, 0x43, 0x8044] },
    wire: "004200438044 x",
    absent: [
      [1, 2, 3],
      [1, 2, 3],
    ],
    unsendable: [
      { what: "one element less", state: { x: [1, 2] }, code: "length", path: "x" },
      { what: "one element more", state: { x: [1, 2, 3, 4] }, code: "length", path: "x" },
    ],
  },
  {
    kind: "array",
    shows: "of structs",
    fields: { x: { kind: "array", element: { kind: "struct", vmsd: "pair", with: {} }, count: 2 } },
    nested: [pair],
    state: {
      x: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    },
    wire: "01 x.a\n 0002 x.b\n 03 x.a\n 0004 x.b",
    refused: [
      {
        what: "a subsection of an element, which has none",
        wire: "01 x.a\n 0002 x.b\n 0509706169722f6d6f726500000001 x\n 03 x.a\n 0004 x.b",
        code: "unknown-subsection",
        piece: 2,
      },
    ],
  },
  {
    kind: "array",
    shows: "of timers",
    fields: { x: { kind: "array", element: { kind: "timer" }, count: 2 } },
    state: { x: [-1n, 5n] },
    wire: "ffffffffffffffff0000000000000005 x",
  },
  {
    kind: "array",
    shows: "of doubles",
    fields: { x: { kind: "array", element: { kind: "CPU_Double_U" }, count: 2 } },
    state: { x: [0x3ff8000000000000n, 0x8000000000000000n] },
    wire: "3ff80000000000008000000000000000 x",
  },
  {
    kind: "array",
    shows: "of pointers to timers",
    fields: { x: { kind: "array", element: { kind: "pointer", target: { kind: "timer" } }, count: 2 } },
    state: { x: [5n, -1n] },
    wire: "0000000000000005ffffffffffffffff x",
  },
  {
    kind: "array2d",
    shows: "row after row",
    fields: { x: { kind: "array2d", element: { kind: "uint8" }, rows: 2, columns: 3 } },
    state: { x: [0x11, 0x12, 0x13, 0x21, 0x22, 0x23] },
    wire: "111213212223 x",
    absent: [
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6],
    ],
    unsendable: [{ what: "one row", state: { x: [1, 2, 3] }, code: "length", path: "x" }],
  },
  {
    kind: "array2d",
    shows: "of structs",
    fields: { x: { kind: "array2d", element: { kind: "struct", vmsd: "pair", with: {} }, rows: 1, columns: 2 } },
    nested: [pair],
    state: {
      x: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    },
    wire: "01 x.a\n 0002 x.b\n 03 x.a\n 0004 x.b",
  },
  {
    kind: "varray",
    shows: "as many as an int32 says",
    fields: { count: { kind: "int32" }, x: { kind: "varray", element: { kind: "uint16" }, count: field("count"), max: 4 } },
    state: { count: 2, x: [0x0102, 0x8304] },
    wire: "00000002 count\n 01028304 x",
    absent: [[7], [7]],
    accepted: [
      { what: "none", wire: "00000000 count", state: { count: 0, x: [] } },
      { what: "as many as it may have", wire: "00000004 count\n 0001000200030004 x", state: { count: 4, x: [1, 2, 3, 4] } },
    ],
    refused: [
      { what: "one more than it may have", wire: "00000005 count\n 00010002000300040005 x", code: "limit", piece: 1 },
      { what: "a negative number", wire: "ffffffff count\n 0001 x", code: "limit", piece: 1 },
      { what: "the least number", wire: "80000000 count\n 0001 x", code: "limit", piece: 1 },
      { what: "the largest number", wire: "7fffffff count\n 0001 x", code: "limit", piece: 1 },
    ],
    unsendable: [
      { what: "more than it may have", state: { count: 5, x: [1, 2, 3, 4, 5] }, code: "limit", path: "x" },
      { what: "fewer than its count", state: { count: 2, x: [1] }, code: "length", path: "x" },
      { what: "more than its count", state: { count: 0, x: [1] }, code: "length", path: "x" },
      { what: "a negative count", state: { count: -1, x: [] }, code: "limit", path: "x" },
    ],
  },
  {
    kind: "varray",
    shows: "as many as a uint32 says",
    fields: { count: { kind: "uint32" }, x: { kind: "varray", element: { kind: "uint64" }, count: field("count"), max: 2 } },
    state: { count: 1, x: [0x8102030405060708n] },
    wire: "00000001 count\n 8102030405060708 x",
    refused: [
      { what: "2^31", wire: "80000000 count\n 00 x", code: "limit", piece: 1 },
      { what: "2^32 - 1", wire: "ffffffff count\n 00 x", code: "limit", piece: 1 },
    ],
  },
  {
    kind: "varray",
    shows: "as many as a uint16 says",
    fields: { count: { kind: "uint16" }, x: { kind: "varray", element: { kind: "int8" }, count: field("count"), max: 3 } },
    state: { count: 2, x: [-1, 2] },
    wire: "0002 count\n ff02 x",
    refused: [{ what: "more than it may have", wire: "ffff count\n 00 x", code: "limit", piece: 1 }],
  },
  {
    kind: "varray",
    shows: "as many as a uint8 says",
    fields: { count: { kind: "uint8" }, x: { kind: "varray", element: { kind: "bool" }, count: field("count"), max: 3 } },
    state: { count: 2, x: [true, false] },
    wire: "02 count\n 0100 x",
    refused: [{ what: "more than it may have", wire: "ff count\n 00 x", code: "limit", piece: 1 }],
  },
  {
    kind: "varray",
    shows: "a multiple of a count",
    fields: { count: { kind: "uint8" }, x: { kind: "varray", element: { kind: "uint8" }, count: field("count"), max: 4, multiply: 2 } },
    state: { count: 2, x: [1, 2, 3, 4] },
    wire: "02 count\n 01020304 x",
    refused: [{ what: "more than it may have", wire: "03 count\n 010203040506 x", code: "limit", piece: 1 }],
    unsendable: [{ what: "as many as the count alone", state: { count: 2, x: [1, 2] }, code: "length", path: "x" }],
  },
  {
    kind: "varray",
    shows: "of structs",
    fields: {
      count: { kind: "uint8" },
      x: { kind: "varray", element: { kind: "struct", vmsd: "pair", with: {} }, count: field("count"), max: 4 },
    },
    nested: [pair],
    state: {
      count: 2,
      x: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    },
    wire: "02 count\n 01 x.a\n 0002 x.b\n 03 x.a\n 0004 x.b",
  },
];
