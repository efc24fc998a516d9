import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collect, collectSlowly, hex } from "../proof/collected.ts";
import { decodeBytes, encode } from "../proof/round-trip.ts";
import type { Wire } from "./wires.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const bytes = (...pieces: readonly string[]): Uint8Array => Uint8Array.from(Buffer.from(pieces.join("").replaceAll(" ", ""), "hex"));

/** Pages of 1 KiB, the smallest, so that all can be cut at every byte. */
const PAGE_SIZE = 1024;
const BLOCK = ["06", "70632e72616d"];
const PAGE = ["000000000002e008", ...BLOCK, "5a".repeat(PAGE_SIZE)];
const SAME_BLOCK = ["000000000002f028", "a5".repeat(PAGE_SIZE)];
const ZERO = ["0000000000030022", "00"];
const EOS = "0000000000000010";

const PREEMPT = bytes(...PAGE, ...SAME_BLOCK, ...ZERO, EOS);
const RECOVERY = bytes(
  ...["08 000a 0007", ...BLOCK], // command recv-bitmap, its length, block
  ...["08 0009 0000"], // command postcopy-resume
  ...["02 00000002", ...PAGE, ...ZERO, EOS, "7e 00000002"], // part of section 2, pages, footer
  ...["02 00000003", "40 0000000000000000 00000080 0000000000000001 ff", "01", "7e 00000003"], // part of section 3: bits, their end
  ...["03 00000002", EOS, "7e 00000002", "00"], // end of section 2, end of all
);

const optionsOf = (as: Wire) => ({ as, pageSize: PAGE_SIZE });

test("pre-emption: pages as in the ram section, and nothing around them", () => {
  const page = { block: "pc.ram", pageSize: PAGE_SIZE };
  expect(collect(PREEMPT, optionsOf("preempt"))).toMatchObject({
    problems: [],
    items: [
      { kind: "page", at: 0, bytes: 15 + PAGE_SIZE, named: true, offset: 0x2e000, ...page, payload: bytes("5a".repeat(PAGE_SIZE)) },
      { kind: "page", at: 15 + PAGE_SIZE, bytes: 8 + PAGE_SIZE, named: false, offset: 0x2f000, ...page },
      { kind: "zero", at: 23 + 2 * PAGE_SIZE, bytes: 9, named: false, offset: 0x30000, ...page },
      { item: "ram-eos", bytes: 8 },
    ],
  });
});

test("a recovery goes on with sections that another connection has named", () => {
  expect(collect(RECOVERY, optionsOf("recovery"))).toMatchObject({
    problems: [],
    items: [
      { item: "command", command: 10, payload: bytes(...BLOCK) },
      { item: "command", command: 9 },
      { item: "part", id: 2 },
      { kind: "page", block: "pc.ram", offset: 0x2e000 },
      { kind: "zero", block: "pc.ram", offset: 0x30000 },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      { item: "part", id: 3 },
      { item: "bitmap-chunk", flags: 0x40, bits: { sector: 0n, sectors: 128, data: bytes("ff") } },
      { item: "bitmap-chunk", flags: 0x01 },
      { item: "footer", id: 3 },
      { item: "end", id: 2 },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      { item: "eof" },
    ],
  });
});

describe.each([
  ["preempt", PREEMPT, [0, 15 + PAGE_SIZE, 23 + 2 * PAGE_SIZE, 32 + 2 * PAGE_SIZE]],
  ["recovery", RECOVERY, []],
] as [Wire, Uint8Array, number[]][])("%s", (as, whole, ends) => {
  test("is the same from a pipe", async () => {
    expect(await collectSlowly(whole, optionsOf(as))).toEqual(collect(whole, optionsOf(as)));
  });

  test("cut at any byte is told where, and nothing is lost", () => {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      const problems = collect(cut, optionsOf(as)).problems.map(({ code, at }) => ({ code, at }));
      // Pre-emption may end behind any page: newer machine types mark no end.
      if (ends.includes(length)) expect(problems).toEqual([]);
      else expect(problems).toContainEqual({ code: "truncated", at: length });
      expect(hex(encode(decodeBytes(cut, optionsOf(as)).items))).toBe(hex(cut));
    }
  });

  test("of any bytes comes back from its document", () => {
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 });
    const changed = flips.map((all) => {
      const copy = whole.slice();
      for (const [at, value] of all) copy[at] = value;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 80 })), (any) => {
        expect(hex(encode(decodeBytes(any, optionsOf(as)).items))).toBe(hex(any));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

test("a page that names no block on either of them is told", () => {
  const message = "A page names no block, and none was named before.";
  expect(collect(bytes(...SAME_BLOCK), optionsOf("preempt")).problems).toEqual([{ code: "no-block", at: 0, path: "ram", message }]);
  const part = bytes("02 00000002", ...SAME_BLOCK);
  expect(collect(part, optionsOf("recovery")).problems).toEqual([{ code: "no-block", at: 5, path: "ram", message }]);
});

test("on the main connection what was not announced is no part and no block", () => {
  const main = bytes("5145564d 00000003", "02 00000002", ...PAGE);
  expect(collect(main).problems).toMatchObject([{ code: "unknown-section", at: 9 }]);
});

test("behind the end of pre-emption nothing follows", () => {
  const { problems, items } = collect(bytes(EOS, ...PAGE), optionsOf("preempt"));
  expect(problems).toEqual([{ code: "trailing-bytes", at: 8, path: "", message: "The stream goes on behind its end." }]);
  expect(items.at(-1)).toMatchObject({ item: "rest", at: 8 });
});
