/** One of the cases in QEMU's tests/unit/test-vmstate.c. */
export interface UnitCase {
  /** As QEMU's test is called. */
  readonly path: string;
  /** The descriptor's export in `fixtures/descriptors/qemu-unit.ts`. */
  readonly vmsd: string;
  /** The version that is received; the vmsd's own where left out. */
  readonly versionId?: number;
  readonly properties?: Readonly<Record<string, number | boolean | string>>;
  readonly state: object;
  readonly wire: string;
  /** Whether a save gives these bytes: not those of an older version. */
  readonly saves: boolean;
}

const SIX = { a: 10, b: 20, c: 30, d: 40n, e: 50, f: 60n };
const ONE_TO_SIX = { a: 1, b: 2, c: 3, d: 4n, e: 5, f: 6n };
const DOMAIN_6 =
  "00000006 00000002 01 0000000000001000 0000000000001fff 000000000000a000 00000001 01 0000000000004000 0000000000004fff 00000000000e0000 00000002 00";
const MAPPINGS_6 = [
  { key: { low: 0x1000n, high: 0x1fffn }, value: { phys_addr: 0xa000n, flags: 1 } },
  { key: { low: 0x4000n, high: 0x4fffn }, value: { phys_addr: 0xe0000n, flags: 2 } },
];
const NO_NULL = "00000000 00000001 00000002 00000003";
const ONE_NULL = "00000000 30 00000002 00000003";
const structs = (...values: readonly (number | undefined)[]): object => ({ ar: values.map((i) => (i === undefined ? undefined : { i })) });

export const QEMU_UNIT_CASES: readonly UnitCase[] = [
  {
    path: "/vmstate/simple/primitive",
    vmsd: "simplePrimitive",
    state: {
      b_1: true,
      b_2: false,
      u8_1: 130,
      u16_1: 512,
      u32_1: 70000,
      u64_1: 12121212n,
      i8_1: 65,
      i8_2: -65,
      i16_1: 512,
      i16_2: -512,
      i32_1: 70000,
      i32_2: -70000,
      i64_1: 12121212n,
      i64_2: -12121212n,
    },
    wire: "01 00 82 0200 00011170 0000000000b8f47c 41 bf 0200 fe00 00011170 fffeee90 0000000000b8f47c ffffffffff470b84",
    saves: true,
  },
  { path: "/vmstate/simple/array", vmsd: "simpleArray", state: { u16_1: [0x42, 0x43, 0x44] }, wire: "0042 0043 0044", saves: true },
  {
    path: "/vmstate/versioned/load/v1",
    vmsd: "versioned",
    versionId: 1,
    state: { ...SIX, b: 200, e: 500, f: 600n },
    wire: "0000000a 0000001e 0000000000000028",
    saves: false,
  },
  {
    path: "/vmstate/versioned/load/v2",
    vmsd: "versioned",
    state: SIX,
    wire: "0000000a 00000014 0000001e 0000000000000028 00000032 000000000000003c",
    saves: true,
  },
  {
    path: "/vmstate/field_exists/load/noskip",
    vmsd: "skipping",
    state: SIX,
    wire: "0000000a 00000014 0000001e 0000000000000028 00000032 000000000000003c",
    saves: true,
  },
  {
    path: "/vmstate/field_exists/load/skip",
    vmsd: "skipping",
    properties: { skip_c_e: true },
    state: { ...SIX, c: 300, e: 500 },
    wire: "0000000a 00000014 0000000000000028 000000000000003c",
    saves: true,
  },
  {
    path: "/vmstate/field_exists/save/noskip",
    vmsd: "skipping",
    state: ONE_TO_SIX,
    wire: "00000001 00000002 00000003 0000000000000004 00000005 0000000000000006",
    saves: true,
  },
  {
    path: "/vmstate/field_exists/save/skip",
    vmsd: "skipping",
    properties: { skip_c_e: true },
    state: { ...ONE_TO_SIX, c: 300, e: 500 },
    wire: "00000001 00000002 0000000000000004 0000000000000006",
    saves: true,
  },
  { path: "/vmstate/array/ptr/str/no0", vmsd: "arrayOfStructPointers", state: structs(0, 1, 2, 3), wire: NO_NULL, saves: true },
  {
    path: "/vmstate/array/ptr/str/0",
    vmsd: "arrayOfStructPointers",
    properties: { null_at: 1 },
    state: structs(0, undefined, 2, 3),
    wire: ONE_NULL,
    saves: true,
  },
  {
    path: "/vmstate/array/ptr/prim/0",
    vmsd: "arrayOfPrimitivePointers",
    properties: { null_at: 1 },
    state: { ar: [0, undefined, 2, 3] },
    wire: ONE_NULL,
    saves: true,
  },
  {
    path: "/vmstate/qtailq",
    vmsd: "queue",
    state: {
      i16: -512,
      q: [
        { b: true, u8: 130 },
        { b: false, u8: 65 },
      ],
      i32: 70000,
    },
    wire: "fe00 01 01 82 01 00 41 00 00011170",
    saves: true,
  },
  { path: "/vmstate/gtree/domain", vmsd: "domain", state: { id: 6, mappings: MAPPINGS_6 }, wire: DOMAIN_6, saves: true },
  {
    path: "/vmstate/gtree/iommu",
    vmsd: "iommu",
    state: {
      id: 7,
      domains: [
        {
          key: 5n,
          value: { id: 5, mappings: [{ key: { low: 0x1000000n, high: 0x1ffffffn }, value: { phys_addr: 0xf000000n, flags: 3 } }] },
        },
        { key: 6n, value: { id: 6, mappings: MAPPINGS_6 } },
      ],
    },
    wire: `00000007 00000002
      01 0000000000000005 00000005 00000001 01 0000000001000000 0000000001ffffff 000000000f000000 00000003 00
      01 0000000000000006 ${DOMAIN_6}
      00`,
    saves: true,
  },
  {
    path: "/vmstate/qlist",
    vmsd: "container",
    state: { id: 1, list: [{ id: 0x0a }, { id: 0x0b00 }, { id: 0x0c0000 }, { id: 0x0d000000 }] },
    wire: "00000001 01 0000000a 01 00000b00 01 000c0000 01 0d000000 00",
    saves: true,
  },
  {
    path: "/vmstate/tmp_struct",
    vmsd: "withTmp",
    state: { a: 2, d: 1n, tmp: { diff: 2n, parent: { f: 8n } } },
    wire: "00000002 0000000000000001 0000000000000002 0000000000000008",
    saves: true,
  },
];
