import type { Expr } from "../../expr/expr.ts";
import { type Golden, vmsd } from "./golden.ts";

const field = (key: string): Expr => ({ op: "field", key });

const cell = vmsd("cell", { i: { kind: "int32" } });

/** Elements from `valid` on are null. */
const beyond: Expr = { op: "binary", operator: ">=", left: { op: "index" }, right: field("valid") };

export const POINTER_GOLDENS: readonly Golden[] = [
  {
    kind: "pointer",
    shows: "what it points to",
    fields: { x: { kind: "pointer", target: { kind: "timer" } } },
    state: { x: -1n },
    wire: "ffffffffffffffff x",
    absent: ["3", 3n],
  },
  {
    kind: "pointer",
    shows: "to a struct",
    fields: { x: { kind: "pointer", target: { kind: "struct", vmsd: "cell", with: {} } } },
    nested: [cell],
    state: { x: { i: -1 } },
    wire: "ffffffff x.i",
  },
  {
    kind: "pointer",
    shows: "to as many bytes as another field says",
    fields: {
      size: { kind: "uint8" },
      x: { kind: "pointer", target: { kind: "varBuffer", size: field("size"), max: 2 } },
    },
    state: { size: 2, x: Uint8Array.of(8, 9) },
    wire: "02 size\n 0809 x",
    refused: [{ what: "more than it may have", wire: "03 size\n 080910 x", code: "limit", piece: 1 }],
  },
  {
    kind: "nullable",
    shows: "the target, where it is not null",
    fields: { none: { kind: "bool" }, x: { kind: "nullable", target: { kind: "uint32" }, isNull: field("none") } },
    state: { none: false, x: 0x30000000 },
    wire: "00 none\n 30000000 x",
    absent: [7, 7],
    unsendable: [{ what: "null where the state says that it is not", state: { none: false, x: undefined }, code: "bad-marker", path: "x" }],
  },
  {
    kind: "nullable",
    shows: "one byte 0x30, where it is null",
    fields: { none: { kind: "bool" }, x: { kind: "nullable", target: { kind: "uint32" }, isNull: field("none") } },
    state: { none: true, x: undefined },
    wire: "01 none\n 30 x",
    absent: [null, undefined],
    refused: [
      { what: "another byte", wire: "01 none\n 31 x", code: "bad-marker", piece: 1 },
      { what: "a zero", wire: "01 none\n 00 x", code: "bad-marker", piece: 1 },
    ],
    unsendable: [{ what: "a value where the state says that it is null", state: { none: true, x: 7 }, code: "bad-marker", path: "x" }],
  },
  {
    kind: "nullable",
    shows: "in an array of pointers to structs",
    fields: {
      valid: { kind: "uint8" },
      x: { kind: "array", count: 3, element: { kind: "nullable", target: { kind: "struct", vmsd: "cell", with: {} }, isNull: beyond } },
    },
    nested: [cell],
    state: { valid: 2, x: [{ i: 1 }, { i: 2 }, undefined] },
    wire: "02 valid\n 00000001 x.i\n 00000002 x.i\n 30 x",
    refused: [{ what: "another byte", wire: "02 valid\n 00000001 x.i\n 00000002 x.i\n 31 x", code: "bad-marker", piece: 3 }],
  },
  {
    kind: "nullable",
    shows: "in an array of pointers to scalars",
    fields: {
      valid: { kind: "uint8" },
      x: { kind: "array", count: 3, element: { kind: "nullable", target: { kind: "int32" }, isNull: beyond } },
    },
    state: { valid: 1, x: [-1, undefined, undefined] },
    wire: "01 valid\n ffffffff x\n 30 x\n 30 x",
  },
];
