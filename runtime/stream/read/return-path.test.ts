import fc from "fast-check";
import { expect, test } from "vitest";
import { collect, collectSlowly, hex } from "../proof/collected.ts";
import { decodeBytes, encode } from "../proof/round-trip.ts";

const AS = { as: "return-path" } as const;
const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const bytes = (...pieces: readonly string[]): Uint8Array => Uint8Array.from(Buffer.from(pieces.join("").replaceAll(" ", ""), "hex"));

const PONG = "0002 0004 00000003";
const REQ_PAGES_ID = ["0003", "0013", "000000000002e000", "00001000", "06", "70632e72616d"];
const REQ_PAGES = ["0004", "000c", "000000000002f000", "00001000"];
const RECV_BITMAP = ["0005", "0007", "06", "70632e72616d"];
const BITMAP = ["0000000000000008", "ffff070000000001", "0123456789abcdef"];
const RESUME_ACK = "0006 0004 00000001";
const SWITCHOVER_ACK = "0007 0000";
const SHUT = "0001 0004 00000000";
const WHOLE = bytes(SWITCHOVER_ACK, PONG, ...REQ_PAGES_ID, ...REQ_PAGES, ...RECV_BITMAP, ...BITMAP, RESUME_ACK, SHUT);

test.each([
  { name: "pong: type, length, value", wire: ["0002", "0004", "00000003"], json: { message: "pong", decoded: { value: 3 } } },
  {
    name: "req-pages-id: type, length, offset, length of pages, counted block",
    wire: REQ_PAGES_ID,
    json: { message: "req-pages-id", decoded: { offset: 0x2e000, length: 4096, block: "pc.ram" } },
  },
  {
    name: "req-pages: type, length, offset, length of pages",
    wire: REQ_PAGES,
    json: { message: "req-pages", decoded: { offset: 0x2f000, length: 4096 } },
  },
  { name: "resume-ack: type, length, value", wire: ["0006", "0004", "00000001"], json: { message: "resume-ack", decoded: { value: 1 } } },
  { name: "switchover-ack: type, length", wire: ["0007", "0000"], json: { message: "switchover-ack" } },
  { name: "shut: type, length, error", wire: ["0001", "0004", "00000005"], json: { message: "shut", decoded: { error: 5 } } },
])("$name", ({ wire, json }) => {
  const payload = Buffer.from(wire.slice(2).join(""), "hex").toString("base64");
  expect(collect(bytes(...wire), AS).problems).toEqual([]);
  expect(decodeBytes(bytes(...wire), AS).items).toEqual([{ item: "message", at: 0, ...json, payload }]);
});

test("recv-bitmap: behind the message its size, its bits and its end mark", () => {
  expect(collect(bytes(...RECV_BITMAP, ...BITMAP), AS)).toMatchObject({
    problems: [],
    items: [
      { item: "message", at: 0, bytes: 11, message: 5 },
      { item: "received-bitmap", at: 11, bytes: 24, bitmap: bytes("ffff070000000001"), mark: 0x0123456789abcdefn },
    ],
  });
});

test("a whole one is the same from a pipe, and from its document", async () => {
  const fromFile = collect(WHOLE, AS);
  expect(fromFile.problems).toEqual([]);
  expect(await collectSlowly(WHOLE, AS)).toEqual(fromFile);
  expect(hex(encode(decodeBytes(WHOLE, AS).items))).toBe(hex(WHOLE));
});

test("cut at any byte it is told where, and nothing is lost", () => {
  const ends = new Set(collect(WHOLE, AS).items.map(({ at, bytes }) => at + bytes));
  const bitmap = WHOLE.length - bytes(RESUME_ACK, SHUT).length - bytes(...BITMAP).length;
  for (let length = 0; length < WHOLE.length; length++) {
    const cut = WHOLE.subarray(0, length);
    const { problems } = collect(cut, AS);
    // Behind the message of a bitmap its bitmap must come; elsewhere a connection may break between two messages.
    const isWhole = length === 0 || (ends.has(length) && length !== bitmap);
    expect(problems.map(({ code, at }) => ({ code, at }))).toEqual(isWhole ? [] : [{ code: "truncated", at: length }]);
    expect(hex(encode(decodeBytes(cut, AS).items))).toBe(hex(cut));
  }
});

test.each([
  ["0009 0002 abcd", 0, "unknown-message", "message", "The return path has the message 9, which does not exist."],
  ["0000 0000", 0, "unknown-message", "message", "The return path has the message 0, which does not exist."],
  ["0002 0003 000001", 2, "bad-length", "message/pong", "The 3 bytes of the message pong are not its fields."],
  [
    "0005 0002 0670 0000000000000000 0123456789abcdef",
    2,
    "bad-length",
    "message/recv-bitmap",
    "The 2 bytes of the message recv-bitmap are not its fields.",
  ],
  [
    ...["0005 0002 0161 0000000000000001 ff 0123456789abcdef", 6, "bad-length", "message/recv-bitmap"],
    "A bitmap has 1 bytes, which are no words of 64 bits.",
  ],
  [
    ...["0005 0002 0161 0000000000000000 0123456789abcdee", 14, "bad-value", "message/recv-bitmap"],
    "Behind a bitmap stands 0x123456789abcdee instead of its end mark.",
  ],
] as [string, number, string, string, string][])("%s: offset %i, %s", (wire, at, code, path, message) => {
  const all = bytes(wire, PONG);
  expect(collect(all, AS).problems).toEqual([{ code, at, path, message }]);
  expect(collect(all, AS).items.at(-1)).toMatchObject({ item: "message", message: 2 });
  expect(hex(encode(decodeBytes(all, AS).items))).toBe(hex(all));
});

test("nothing follows shut", () => {
  const { problems, items } = collect(bytes(SHUT, PONG), AS);
  expect(problems).toEqual([{ code: "trailing-bytes", at: 8, path: "", message: "The stream goes on behind its end." }]);
  expect(items.at(-1)).toMatchObject({ item: "rest", at: 8, data: bytes(PONG) });
});

test("any bytes come back from their document", () => {
  const flips = fc.array(fc.tuple(fc.nat(WHOLE.length - 1), fc.nat(255)), { maxLength: 4 });
  const changed = flips.map((all) => {
    const copy = WHOLE.slice();
    for (const [at, value] of all) copy[at] = value;
    return copy;
  });
  fc.assert(
    fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 80 })), (any) => {
      expect(hex(encode(decodeBytes(any, AS).items))).toBe(hex(any));
    }),
    { seed: SEED, numRuns: 400 },
  );
});
