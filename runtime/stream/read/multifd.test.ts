import fc from "fast-check";
import { expect, test } from "vitest";
import { collect, collectSlowly, hex } from "../proof/collected.ts";
import { decodeBytes, encode } from "../proof/round-trip.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
/** Large pages make small heads: two offsets. Then all of a channel can be cut at every byte. */
const PAGE = { pageSize: 1 << 18 } as const;
const bytes = (...pieces: readonly string[]): Uint8Array => Uint8Array.from(Buffer.from(pieces.join("").replaceAll(" ", ""), "hex"));
const zeros = (count: number): string => "00".repeat(count);
const padded = (name: string): string => Buffer.from(name.padEnd(256, "\0"), "latin1").toString("hex");

const HELLO = [
  ...["11223344", "00000001"], // magic, version
  ...["00112233445566778899aabbccddeeff", "01"], // uuid, channel
  ...[zeros(7), zeros(32)], // nothing
];

interface Head {
  readonly flags?: string;
  readonly alloc?: string;
  readonly normal?: string;
  readonly next?: string;
  readonly packet?: string;
  readonly zero?: string;
  readonly block?: string;
  readonly offsets: readonly string[];
}

/** The head of a packet of pages, all fields in their order. */
function head({ flags = "00000000", alloc, normal, next, packet = "0000000000000007", zero, block = "pc.ram", offsets }: Head): string[] {
  return [
    ...["11223344", "00000001", flags], // magic, version, flags
    ...[alloc ?? "00000002", normal ?? "00000000", next ?? "00000000"], // room, normal pages, bytes that follow
    ...[packet, zero ?? "00000000", zeros(28)], // packet's number, zero pages (unused before 9.0), nothing
    ...[padded(block), ...offsets],
  ];
}

const PACKED = "ab".repeat(30);

/** As 10.0 sends it: a normal page behind which the zero page's offset stands. */
const NEWER = head({ normal: "00000001", next: "00000002", zero: "00000001", offsets: ["0000000000040000", "0000000000080000"] });
/** As 5.2 and 7.2 send it: compressed, synchronising, and the second offset stale. */
const OLDER = head({ flags: "00000003", normal: "00000001", next: "0000001e", offsets: ["0000000000080000", "0000000000040000"] });
/** The same once more without pages: next and offsets are stale. */
const STALE = head({ flags: "00000001", next: "0000001e", offsets: ["0000000000080000", "0000000000000000"] });
const DEVICE = [
  ...["11223344", "00000001", "00000040"], // magic, version, flags
  ...[padded("0000:00:02.0/vfio"), "00000002", "00000003"], // name, instance, bytes that follow
  "abcdef",
];

test("hello: magic, version, uuid, channel", () => {
  expect(collect(bytes(...HELLO))).toEqual({
    problems: [],
    items: [{ item: "multifd-hello", at: 0, bytes: 64, uuid: bytes("00112233445566778899aabbccddeeff"), channel: 1 }],
  });
});

test("a packet of 10.0: its normal page follows, its zero page is an offset", () => {
  const page = "5a".repeat(1 << 18);
  const { items, problems } = collect(bytes(...HELLO, ...NEWER, page), PAGE);
  expect(problems).toEqual([]);
  const counts = { pagesAlloc: 2, normalPages: 1, nextPacketSize: 2, packet: 7n, zeroPages: 1 };
  const rest = { block: "pc.ram", offsets: [0x40000n, 0x80000n], slots: 2 };
  expect(items.slice(1)).toEqual([
    { item: "multifd-packet", at: 64, bytes: 336, flags: 0, ...counts, ...rest },
    {
      ...{ kind: "multifd", at: 400, bytes: 1 << 18, block: "pc.ram", named: false, offset: 0x40000, pageSize: 1 << 18, mark: 0 },
      payload: bytes(page),
    },
  ]);
});

test("packets of 5.2 and 7.2: packed pages follow one that synchronises; without pages nothing follows", () => {
  const { items, problems } = collect(bytes(...HELLO, ...OLDER, PACKED, ...STALE, ...STALE), PAGE);
  expect(problems).toEqual([]);
  expect(items).toMatchObject([
    { item: "multifd-hello" },
    { item: "multifd-packet", at: 64, flags: 3, normalPages: 1, nextPacketSize: 30, zeroPages: 0, offsets: [0x80000n, 0x40000n] },
    { item: "multifd-packed", at: 400, bytes: 30, data: bytes(PACKED) },
    { item: "multifd-packet", at: 430, flags: 1, normalPages: 0, nextPacketSize: 30, offsets: [0x80000n] },
    { item: "multifd-packet", at: 766, flags: 1, normalPages: 0, nextPacketSize: 30, offsets: [0x80000n] },
  ]);
});

test("a packet of x86 has room for 128 offsets", () => {
  const offsets = [...Array(128).keys()].map((page) => (page * 4096).toString(16).padStart(16, "0"));
  const all = bytes(...HELLO, ...head({ alloc: "00000080", zero: "00000080", offsets }));
  expect(collect(all)).toMatchObject({ problems: [], items: [{}, { bytes: 1344, slots: 128, zeroPages: 128 }] });
  expect(decodeBytes(all).items[1]).not.toHaveProperty("slots");
  expect(hex(encode(decodeBytes(all).items))).toBe(hex(all));
});

test("device state: flags, name, instance, length, bytes", () => {
  const item = { item: "multifd-device", at: 64, flags: 0x40, name: "0000:00:02.0/vfio", instance: 2 };
  expect(collect(bytes(...HELLO, ...DEVICE))).toMatchObject({ problems: [], items: [{}, { ...item, bytes: 279, data: bytes("abcdef") }] });
  expect(decodeBytes(bytes(...HELLO, ...DEVICE)).items[1]).toEqual({ ...item, data: "q83v" });
});

test("what is not used, but not zero, is kept", () => {
  const all = bytes(...HELLO, ...NEWER, "5a".repeat(1 << 18));
  for (const at of [40, 64 + 50, 64 + 64 + 100]) {
    const copy = all.slice();
    copy[at] = 0x77;
    expect(hex(encode(decodeBytes(copy, PAGE).items))).toBe(hex(copy));
  }
});

const WHOLE = bytes(...HELLO, ...OLDER, PACKED, ...STALE, ...DEVICE);

test("a whole one is the same from a pipe", async () => {
  expect(await collectSlowly(WHOLE, PAGE)).toEqual(collect(WHOLE, PAGE));
});

test("cut at any byte it is told where, and nothing is lost", () => {
  const ends = new Set(collect(WHOLE, PAGE).items.map(({ at, bytes }) => at + bytes));
  const packed = 64 + 336;
  for (let length = 4; length < WHOLE.length; length++) {
    const cut = WHOLE.subarray(0, length);
    const isWhole = ends.has(length) && length !== packed;
    const { problems } = collect(cut, PAGE);
    expect(problems.map(({ code, at }) => ({ code, at }))).toEqual(isWhole ? [] : [{ code: "truncated", at: length }]);
    expect(hex(encode(decodeBytes(cut, PAGE).items))).toBe(hex(cut));
  }
});

test.each([400, 401, 400 + (1 << 18) - 1])("a page that is cut at %i is told, passed over or not", (length) => {
  const cut = bytes(...HELLO, ...NEWER, "5a".repeat(1 << 18)).subarray(0, length);
  for (const payloads of [true, false])
    expect(collect(cut, { ...PAGE, payloads }).problems).toMatchObject([{ code: "truncated", at: length, path: "multifd" }]);
});

const wrong = (change: Partial<Head>): string[] => head({ offsets: ["0000000000040000", "0000000000080000"], ...change });

test.each([
  [wrong({ alloc: "00000003" }), 76, "bad-length", "A packet says that it has room for 3 pages; there is room for 2."],
  [wrong({ normal: "00000003" }), 80, "bad-length", "A packet has 3 pages; there is room for 2."],
  [wrong({ normal: "00000001", zero: "00000002" }), 96, "bad-length", "A packet has 1 pages and 2 zero pages; there is room for 2."],
  [wrong({ flags: "00000006" }), 72, "unknown-record", "A packet has the flags 0x6, which do not exist."],
  [wrong({ flags: "00000080" }), 72, "unknown-record", "A packet has the flags 0x80, which do not exist."],
  [wrong({ flags: "00000002", normal: "00000001" }), 84, "bad-length", "A packet has 1 pages packed into 0 bytes."],
  [["11223345"], 64, "unknown-record", "A packet is expected to begin here, with 0x11223344, not 0x11223345."],
  [["1122334400000002"], 68, "unknown-record", "A packet has version 2; 1 is the only one in use."],
] as [string[], number, string, string][])("%#: what is wrong with a packet", (packet, at, code, message) => {
  const all = bytes(...HELLO, ...packet);
  expect(collect(all, PAGE).problems).toEqual([{ code, at, path: "multifd", message }]);
  expect(hex(encode(decodeBytes(all, PAGE).items))).toBe(hex(all));
});

test("a page that is none is told by its offset's place", () => {
  const all = bytes(...HELLO, ...wrong({ zero: "00000002", offsets: ["0000000000040000", "0000000000080001"] }));
  const message = "A packet has a page at 0x80001, where none can be.";
  expect(collect(all, PAGE).problems).toEqual([{ code: "not-aligned", at: 64 + 328, path: "ram/pc.ram", message }]);
});

test("another version of the channel is not read", () => {
  const message = "The channel has version 2; 1 is the only one in use.";
  expect(collect(bytes("11223344", "00000002", zeros(56))).problems).toEqual([{ code: "not-a-stream", at: 4, path: "multifd", message }]);
});

test("any bytes behind the magic come back from their document", () => {
  const flips = fc.array(fc.tuple(fc.nat(WHOLE.length - 5), fc.nat(255)), { maxLength: 4 });
  const changed = flips.map((all) => {
    const copy = WHOLE.slice();
    for (const [at, value] of all) copy[at + 4] = value;
    return copy;
  });
  const random = fc.uint8Array({ maxLength: 800 }).map((rest) => Uint8Array.from([0x11, 0x22, 0x33, 0x44, ...rest]));
  fc.assert(
    fc.property(fc.oneof(changed, random), (any) => {
      expect(hex(encode(decodeBytes(any, PAGE).items))).toBe(hex(any));
    }),
    { seed: SEED, numRuns: 400 },
  );
});
