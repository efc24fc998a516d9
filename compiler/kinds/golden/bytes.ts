import type { Expr } from "../../expr/expr.ts";
import type { Golden } from "./golden.ts";

const field = (key: string): Expr => ({ op: "field", key });
const literal = (value: number): Expr => ({ op: "literal", value });

export const BYTE_GOLDENS: readonly Golden[] = [
  {
    kind: "buffer",
    shows: "raw bytes",
    fields: { x: { kind: "buffer", size: 4 } },
    state: { x: Uint8Array.of(0, 0xff, 0x80, 1) },
    wire: "00ff8001 x",
    absent: ["01020304", Uint8Array.of(1, 2, 3, 4)],
    unsendable: [
      { what: "a byte less", state: { x: new Uint8Array(3) }, code: "length", path: "x" },
      { what: "a byte more", state: { x: new Uint8Array(5) }, code: "length", path: "x" },
    ],
  },
  {
    kind: "varBuffer",
    shows: "as many bytes as another field says",
    fields: { size: { kind: "uint32" }, x: { kind: "varBuffer", size: field("size"), max: 4 } },
    state: { size: 3, x: Uint8Array.of(1, 0xff, 3) },
    wire: "00000003 size\n 01ff03 x",
    absent: ["0102", Uint8Array.of(1, 2)],
    accepted: [{ what: "none", wire: "00000000 size", state: { size: 0, x: new Uint8Array(0) } }],
    refused: [
      { what: "one more than it may have", wire: "00000005 size\n 0102030405 x", code: "limit", piece: 1 },
      { what: "2^31", wire: "80000000 size\n 01 x", code: "limit", piece: 1 },
      { what: "2^32 - 1", wire: "ffffffff size\n 01 x", code: "limit", piece: 1 },
    ],
    unsendable: [
      { what: "more than it may have", state: { size: 5, x: new Uint8Array(5) }, code: "limit", path: "x" },
      { what: "fewer than its size", state: { size: 3, x: new Uint8Array(2) }, code: "length", path: "x" },
    ],
  },
  {
    kind: "varBuffer",
    shows: "a multiple of a size, which may not be negative",
    fields: { size: { kind: "int32" }, x: { kind: "varBuffer", size: field("size"), max: 8, multiply: 4 } },
    state: { size: 1, x: Uint8Array.of(1, 2, 3, 4) },
    wire: "00000001 size\n 01020304 x",
    refused: [
      { what: "more than it may have", wire: "00000003 size\n 010203040506070809101112 x", code: "limit", piece: 1 },
      { what: "a negative size", wire: "ffffffff size\n 01 x", code: "limit", piece: 1 },
    ],
    unsendable: [{ what: "as many as the size alone", state: { size: 1, x: new Uint8Array(1) }, code: "length", path: "x" }],
  },
  {
    kind: "bitmap",
    shows: "words of 64 bits, the first bit the lowest of the first word",
    fields: { x: { kind: "bitmap", bits: literal(65), max: 65 } },
    state: { x: [0x8000000000000001n, 1n] },
    wire: "80000000000000010000000000000001 x",
    absent: [
      ["1", "0"],
      [1n, 0n],
    ],
    unsendable: [{ what: "a word less", state: { x: [1n] }, code: "length", path: "x" }],
  },
  {
    kind: "bitmap",
    shows: "as many bits as another field says",
    fields: { bits: { kind: "int32" }, x: { kind: "bitmap", bits: field("bits"), max: 128 } },
    state: { bits: 64, x: [0x8102030405060708n] },
    wire: "00000040 bits\n 8102030405060708 x",
    accepted: [{ what: "none", wire: "00000000 bits", state: { bits: 0, x: [] } }],
    refused: [
      { what: "one more than it may have", wire: `00000081 bits\n ${"00".repeat(24)} x`, code: "limit", piece: 1 },
      { what: "a negative number", wire: "ffffffff bits\n 00 x", code: "limit", piece: 1 },
      { what: "the largest number", wire: "7fffffff bits\n 00 x", code: "limit", piece: 1 },
    ],
    unsendable: [{ what: "more than it may have", state: { bits: 129, x: [0n, 0n, 0n] }, code: "limit", path: "x" }],
  },
  {
    kind: "unused_buffer",
    shows: "zeros on save, anything on load",
    fields: { first: { kind: "uint8" }, x: { kind: "unused_buffer", size: literal(3), max: 3 } },
    state: { first: 1 },
    wire: "01 first\n 000000 x",
    absent: [0, undefined],
    accepted: [{ what: "what is not zero", wire: "01 first\n ff01aa x", state: { first: 1 } }],
  },
  {
    kind: "unused_buffer",
    shows: "as many bytes as another field says",
    fields: { size: { kind: "int32" }, x: { kind: "unused_buffer", size: field("size"), max: 4 } },
    state: { size: 2 },
    wire: "00000002 size\n 0000 x",
    accepted: [
      { what: "what is not zero", wire: "00000002 size\n ff01 x", state: { size: 2 } },
      { what: "none", wire: "00000000 size", state: { size: 0 } },
    ],
    refused: [
      { what: "more than it may have", wire: "00000005 size\n 0000000000 x", code: "limit", piece: 1 },
      { what: "a negative number", wire: "ffffffff size\n 00 x", code: "limit", piece: 1 },
      { what: "the largest number", wire: "7fffffff size\n 00 x", code: "limit", piece: 1 },
    ],
    unsendable: [{ what: "more than it may have", state: { size: 5 }, code: "limit", path: "x" }],
  },
];
