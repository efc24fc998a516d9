import type { Expr } from "../../expr/expr.ts";
import { type Golden, subsection, vmsd } from "./golden.ts";

const field = (key: string): Expr => ({ op: "field", key });

/** Two versions of a struct; the wire never says which. */
const point = vmsd(
  "point",
  { a: { kind: "int16" }, b: { kind: { kind: "int16" }, since: 2, absent: -1 } },
  { versionId: 2, minimumVersionId: 1 },
);

/** One that has to be read by its own functions. */
const gated = vmsd(
  "gated",
  { a: { kind: { kind: "uint8" }, validate: { op: "binary", operator: "<", left: field("a"), right: { op: "literal", value: 9 } } } },
  {
    subsections: [
      subsection(
        "gated/more",
        { b: { kind: "uint8" } },
        { needed: { op: "binary", operator: ">", left: field("b"), right: { op: "literal", value: 0 } } },
      ),
    ],
  },
);

const wide = vmsd(
  "wide",
  { a: { kind: "uint8" }, b: { kind: { kind: "uint8" }, exists: { op: "property", name: "wide" } } },
  { properties: { wide: false } },
);

const mantissa = vmsd("mantissa", { mantissa: { kind: "uint64" }, exponent: { kind: "uint16" } });

export const STRUCT_GOLDENS: readonly Golden[] = [
  {
    kind: "struct",
    shows: "its fields, at its own version",
    fields: { x: { kind: "struct", vmsd: "point", with: {} } },
    nested: [point],
    state: { x: { a: 1, b: -2 } },
    wire: "0001 x.a\n fffe x.b",
    refused: [
      {
        what: "a subsection, of which it has none",
        wire: "0001 x.a\n fffe x.b\n 050a706f696e742f6d6f726500000001 x",
        code: "unknown-subsection",
        piece: 2,
      },
    ],
    absent: [{ a: 5 }, { a: 5, b: -1 }],
  },
  {
    kind: "struct",
    shows: "its subsections right behind its fields, and what it refuses",
    fields: { x: { kind: "struct", vmsd: "gated", with: {} } },
    nested: [gated],
    state: { x: { a: 1, b: 2 } },
    wire: `
      01                          x.a
      050a67617465642f6d6f7265    header of x.gated/more
      00000001                    x.version_id
      02                          x.b
    `,
    accepted: [{ what: "without its subsection", wire: "01 x.a", state: { x: { a: 1, b: 0 } } }],
    refused: [
      { what: "a value that it refuses", wire: "09 x.a", code: "invalid", piece: 0 },
      {
        what: "a subsection that it does not know",
        wire: "01 x.a\n 050a67617465642f6c65737300000001 x",
        code: "unknown-subsection",
        piece: 1,
      },
      {
        what: "a newer version of its subsection",
        wire: "01 x.a\n 050a67617465642f6d6f7265 x\n 0000000202 x.b",
        code: "too-new",
        piece: 1,
      },
      {
        what: "an older version of its subsection",
        wire: "01 x.a\n 050a67617465642f6d6f7265 x\n 0000000002 x.b",
        code: "too-old",
        piece: 1,
      },
    ],
    unsendable: [{ what: "a value that it refuses", state: { x: { a: 9, b: 0 } }, code: "invalid", path: "x.a" }],
  },
  {
    kind: "struct",
    shows: "with properties of its own",
    fields: {
      count: { kind: "uint8" },
      x: {
        kind: "struct",
        vmsd: "wide",
        with: { wide: { op: "binary", operator: ">", left: field("count"), right: { op: "literal", value: 1 } } },
      },
    },
    nested: [wide],
    properties: { wide: false },
    state: { count: 2, x: { a: 3, b: 4 } },
    wire: "02 count\n 03 x.a\n 04 x.b",
    accepted: [{ what: "the other way", wire: "01 count\n 03 x.a", state: { count: 1, x: { a: 3, b: 0 } } }],
  },
  {
    kind: "vstruct",
    shows: "its fields at the version that is set here",
    fields: { x: { kind: "vstruct", vmsd: "point", versionId: 1, with: {} } },
    nested: [point],
    state: { x: { a: 1, b: -1 } },
    wire: "0001 x.a",
    absent: [{ a: 5 }, { a: 5, b: -1 }],
  },
  {
    kind: "tmp",
    shows: "a state for the stream only, loaded at version 0",
    fields: { x: { kind: "tmp", vmsd: "mantissa", with: {} } },
    nested: [mantissa],
    state: { x: { mantissa: 0x8102030405060708n, exponent: 0x3fff } },
    wire: "8102030405060708 x.mantissa\n 3fff x.exponent",
    absent: [{ mantissa: "1" }, { mantissa: 1n, exponent: 0 }],
  },
];
