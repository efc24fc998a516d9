import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../format.ts";
import { collect, hex } from "../proof/collected.ts";
import { decodeBytes, encode, type JsonItem } from "../proof/round-trip.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);

interface Golden {
  readonly name: string;
  readonly wire: readonly string[];
  readonly decoded?: object;
}

/** Each begins with its type, its number and its payload's length. */
const GOLDEN: readonly Golden[] = [
  { name: "ping: value", wire: ["08 0002 0004", "00000002"], decoded: { value: 2 } },
  {
    name: "postcopy-advise: page sizes of all blocks, target page size",
    wire: ["08 0003 0010", "0000000000201000", "0000000000001000"],
    decoded: { pageSizes: 0x201000, targetPageSize: 4096 },
  },
  { name: "postcopy-advise of dirty bitmaps alone", wire: ["08 0003 0000"] },
  {
    name: "postcopy-ram-discard: version, counted block, zero, starts and lengths",
    wire: ["08 0006 0029", "00", "06 70632e72616d", "00", "0000000000100000 0000000000001000", "0000000000200000 0000000000002000"],
    decoded: {
      block: "pc.ram",
      ranges: [
        { start: 0x100000, length: 4096 },
        { start: 0x200000, length: 8192 },
      ],
    },
  },
  { name: "packaged: bytes that follow", wire: ["08 0007 0004", "00000000"], decoded: { bytes: 0 } },
  { name: "recv-bitmap: counted block", wire: ["08 000a 0007", "06 70632e72616d"], decoded: { block: "pc.ram" } },
  { name: "postcopy-resume", wire: ["08 0009 0000"] },
];

const bytes = (...pieces: readonly string[]): Uint8Array => Uint8Array.from(Buffer.from(pieces.join("").replaceAll(" ", ""), "hex"));
/** A recovery has commands from its first byte on. */
const AS = { as: "recovery" } as const;

describe.each(GOLDEN)("$name", ({ wire, decoded }) => {
  const all = bytes(...wire, "00");
  const item = decodeBytes(all, AS).items[0] as JsonItem;

  test("says what its bytes mean", () => {
    expect(collect(all, AS).problems).toEqual([]);
    expect(item).toEqual({
      ...{ item: "command", at: 0, command: COMMANDS[all[2] as number]?.name },
      payload: Buffer.from(all.subarray(5, -1)).toString("base64"),
      ...(decoded === undefined ? {} : { decoded }),
    });
  });

  test("is made of its bytes, whatever stands beside them", () => {
    expect(hex(encode([{ ...item, decoded: { block: 7 } }]))).toBe(hex(all.subarray(0, -1)));
  });

  if (decoded === undefined) return;
  test("is made of what it says where its bytes are left out", () => {
    const { payload: _, ...said } = item;
    expect(hex(encode([said]))).toBe(hex(all.subarray(0, -1)));
  });
});

test("a value that was changed is written", () => {
  const changed = { item: "command", command: "postcopy-ram-discard", decoded: { block: "m0", ranges: [{ start: 4096, length: 8192 }] } };
  expect(hex(encode([changed]))).toBe(hex(bytes("08 0006 0015", "00 02 6d30 00", "0000000000001000 0000000000002000")));
});

test("without bytes and without fields a command is refused", () => {
  expect(() => encode([{ item: "command", command: "ping" }])).toThrow("'items[0].payload' is bytes in base64.");
  expect(() => encode([{ item: "command", command: "ping", decoded: {} }])).toThrow(
    "'items[0].decoded.value' is a number from 0 to 4294967295.",
  );
  expect(() => encode([{ item: "command", command: "enable-colo", decoded: { value: 1 } }])).toThrow(
    "'items[0].payload' is bytes in base64.",
  );
});

test.each([
  ["an advice of 8 bytes", "08 0003 0008 0000000000001000"],
  ["half a range", "08 0006 0011 00 06 70632e72616d 00 0000000000100000"],
  ["a version that is not 0", "08 0006 0015 01 02 6d30 00 0000000000001000 0000000000002000"],
  ["a start beyond what is exact", "08 0006 0015 00 02 6d30 00 ffffffffffffffff 0000000000002000"],
  ["a byte behind the name", "08 000a 0004 026d3000"],
])("what is not a command's fields stays bytes alone: %s", (_, wire) => {
  const all = bytes(wire, "00");
  expect(decodeBytes(all, AS).items[0]).not.toHaveProperty("decoded");
  expect(hex(encode(decodeBytes(all, AS).items))).toBe(hex(all));
});

test("any payload of any command comes back, from its bytes, and from what it says", () => {
  fc.assert(
    fc.property(
      fc.nat(12),
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(...GOLDEN).map((each) => bytes(...each.wire.slice(1))),
      ),
      (command, payload) => {
        const all = Buffer.concat([Uint8Array.from([8, 0, command, 0, payload.length]), payload]);
        const item = decodeBytes(all, AS).items[0] as JsonItem;
        expect(hex(encode([item]))).toBe(hex(all));
        const { payload: _, ...said } = item;
        if ("decoded" in said) expect(hex(encode([said]))).toBe(hex(all));
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});
