import type { KindIr, VmsdIr } from "../../ir.ts";
import { type Golden, vmsd } from "./golden.ts";

const element = vmsd("element", { a: { kind: "bool" }, b: { kind: "uint8" } }, { versionId: 2 });
/** Elements are read at the version of the field, which is 0 where nothing is said. */
const newer = vmsd("newer", { a: { kind: "uint8" } }, { versionId: 2, minimumVersionId: 1 });
const wider: VmsdIr = {
  ...vmsd("wider", { a: { kind: "uint8" }, b: { kind: { kind: "uint8" }, exists: { op: "property", name: "wide" } } }),
  properties: { wide: false },
};
const marked = vmsd("marked", { x: { kind: "marker" }, b: { kind: "uint16" } });
const value = vmsd("value", { phys: { kind: "uint64" }, flags: { kind: "uint32" } }, { versionId: 2 });
const range = vmsd("range", { low: { kind: "uint64" }, high: { kind: "uint64" } });

const list = (kind: "qtailq" | "qlist"): readonly Golden[] => [
  {
    kind,
    shows: "a byte 1 before each element and a byte 0 behind the last",
    fields: { x: { kind, vmsd: "element", max: 2, with: {} } },
    nested: [element],
    state: {
      x: [
        { a: true, b: 0x82 },
        { a: false, b: 0x41 },
      ],
    },
    wire: `
      01  x
      01  x.a
      82  x.b
      01  x
      00  x.a
      41  x.b
      00  x
    `,
    absent: [[{ a: true }], [{ a: true, b: 0 }]],
    accepted: [
      { what: "none", wire: "00 x", state: { x: [] } },
      { what: "another byte before an element", wire: "ff x\n 01 x.a\n 82 x.b\n 00 x", state: { x: [{ a: true, b: 0x82 }] } },
    ],
    refused: [
      {
        what: "one element more than it may have",
        wire: "01 x\n 0182 x.a\n 01 x\n 0041 x.a\n 01 x\n 0041 x.a\n 00 x",
        code: "limit",
        piece: 4,
      },
    ],
    unsendable: [{ what: "more than it may have", state: { x: Array(3).fill({ a: true, b: 1 }) }, code: "limit", path: "x" }],
  },
  {
    kind,
    shows: "of elements at the version of the field",
    fields: { x: { kind: { kind, vmsd: "newer", max: 2, with: {} }, since: 1 } },
    nested: [newer],
    state: { x: [{ a: 5 }] },
    wire: "01 x\n 05 x.a\n 00 x",
  },
  {
    kind,
    shows: "of elements whose layout hangs on the state around",
    fields: {
      wide: { kind: "uint8" },
      x: {
        kind,
        vmsd: "wider",
        max: 2,
        with: { wide: { op: "binary", operator: ">", left: { op: "field", key: "wide" }, right: { op: "literal", value: 1 } } },
      },
    },
    nested: [wider],
    state: { wide: 2, x: [{ a: 5, b: 6 }] },
    wire: "02 wide\n 01 x\n 05 x.a\n 06 x.b\n 00 x",
    accepted: [{ what: "where they are narrow", wire: "01 wide\n 01 x\n 05 x.a\n 00 x", state: { wide: 1, x: [{ a: 5, b: 0 }] } }],
  },
];

const tree = (key: KindIr, max: number): KindIr => ({ kind: "gtree", key, value: "value", max });

export const LIST_GOLDENS: readonly Golden[] = [
  ...list("qtailq"),
  ...list("qlist"),
  {
    kind: "marker",
    shows: "the byte before a list's element, kept in the element",
    fields: { list: { kind: "qtailq", vmsd: "marked", max: 2, with: {} } },
    nested: [marked],
    state: {
      list: [
        { x: 1, b: 0x0102 },
        { x: 2, b: 0x0304 },
      ],
    },
    wire: `
      01    list
      0102  list.b
      02    list
      0304  list.b
      00    list
    `,
  },
  {
    kind: "gtree",
    shows: "their number, then each with a byte 1 before it, a byte 0; keys of 64 bits",
    fields: { x: tree({ kind: "uint64" }, 2) },
    nested: [value],
    state: {
      x: [
        { key: 5n, value: { phys: 0xa000n, flags: 1 } },
        { key: 6n, value: { phys: 0xe0000n, flags: 2 } },
      ],
    },
    wire: `
      00000002          x
      01                x
      0000000000000005  x
      000000000000a000  x.phys
      00000001          x.flags
      01                x
      0000000000000006  x
      00000000000e0000  x.phys
      00000002          x.flags
      00                x
    `,
    absent: [[{ key: "3", value: { phys: "4" } }], [{ key: 3n, value: { phys: 4n, flags: 0 } }]],
    accepted: [{ what: "none", wire: "00000000 x\n 00 x", state: { x: [] } }],
    refused: [
      { what: "more nodes than it may have", wire: "00000003 x\n 00 x", code: "limit", piece: 0 },
      { what: "2^31 nodes", wire: "80000000 x\n 00 x", code: "limit", piece: 0 },
      { what: "2^32 - 1 nodes", wire: "ffffffff x\n 00 x", code: "limit", piece: 0 },
      { what: "fewer nodes than it announces", wire: "00000001 x\n 00 x", code: "tree-count", piece: 1 },
      {
        what: "more nodes than it announces",
        wire: "00000001 x\n 01 x\n 0000000000000005 x\n 000000000000a000 x.phys\n 00000001 x.flags\n 01 x\n 0000000000000006 x",
        code: "tree-count",
        piece: 5,
      },
    ],
    unsendable: [
      {
        what: "more nodes than it may have",
        state: { x: Array(3).fill({ key: 1n, value: { phys: 0n, flags: 0 } }) },
        code: "limit",
        path: "x",
      },
    ],
  },
  {
    kind: "gtree",
    shows: "of keys that are structs",
    fields: { x: tree({ kind: "struct", vmsd: "range", with: {} }, 1) },
    nested: [range, value],
    state: { x: [{ key: { low: 0x1000n, high: 0x1fffn }, value: { phys: 0xa000n, flags: 1 } }] },
    wire: `
      00000001          x
      01                x
      0000000000001000  x.low
      0000000000001fff  x.high
      000000000000a000  x.phys
      00000001          x.flags
      00                x
    `,
  },
];
