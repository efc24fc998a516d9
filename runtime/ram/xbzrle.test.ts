import fc from "fast-check";
import { expect, test } from "vitest";
import { PageKernel } from "./page-kernel.ts";
import { decodeXbzrle, encodeXbzrle, XBZRLE_OVERFLOW } from "./xbzrle.ts";
import { XbzrleError } from "./xbzrle-error.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const SIZE = 4096;

interface Implementation {
  readonly name: string;
  /** Undefined is an overflow. */
  readonly encode: (before: Uint8Array, after: Uint8Array) => Uint8Array | undefined;
  readonly decode: (encoded: Uint8Array, page: Uint8Array) => number;
}

function plain(before: Uint8Array, after: Uint8Array): Uint8Array | undefined {
  const into = new Uint8Array(after.length);
  const length = encodeXbzrle(before, after, into);
  return length === XBZRLE_OVERFLOW ? undefined : into.subarray(0, length);
}

/** Each page in turn is the last of the memory, so that what is read or written behind it traps. */
function onKernel(): Implementation {
  const kernel = new PageKernel({ pageSize: SIZE });
  const last = kernel.bytes.length - SIZE;
  return {
    name: "kernel",
    encode: (before, after) => {
      const encoded = [0, 1, 2].map((turn) => {
        const places = [0, 2 * SIZE, 4 * SIZE];
        places[turn] = last;
        const [a = 0, b = 0, into = 0] = places;
        kernel.bytes.fill(0xee);
        kernel.bytes.set(before, a);
        kernel.bytes.set(after, b);
        const length = kernel.encodeXbzrle(a, b, into);
        expect(kernel.bytes.subarray(into + SIZE, into + 2 * SIZE).every((byte) => byte === 0xee)).toBe(true);
        return length === XBZRLE_OVERFLOW ? undefined : kernel.bytes.slice(into, into + length);
      });
      for (const each of encoded) expect(each).toEqual(encoded[0]);
      return encoded[0];
    },
    decode: (encoded, page) => {
      const from = kernel.bytes.length - encoded.length;
      const at = SIZE + 7;
      kernel.bytes.fill(0xee, 0, 3 * SIZE);
      kernel.bytes.set(encoded, from);
      kernel.bytes.set(page, at);
      try {
        return kernel.decodeXbzrle(from, encoded.length, at);
      } finally {
        page.set(kernel.bytes.subarray(at, at + SIZE));
        expect(kernel.bytes[at - 1]).toBe(0xee);
        expect(kernel.bytes[at + SIZE]).toBe(0xee);
      }
    },
  };
}

const IMPLEMENTATIONS: readonly Implementation[] = [{ name: "plain", encode: plain, decode: decodeXbzrle }, onKernel()];

type Bug = "joins-runs" | "late-overflow" | "no-overflow" | "trailing-run" | "one-byte-count";

/** From the words of the format: the runs are found in a string that has a letter for each byte. */
function model(before: Uint8Array, after: Uint8Array, bug?: Bug): Uint8Array | undefined {
  let letters = [...after].map((byte, at) => (byte === before[at] ? "=" : "x")).join("");
  if (bug === "joins-runs") letters = letters.replace(/(?<=x)=(?=x)/g, "x");
  const count = (n: number): number[] => (n < (bug === "one-byte-count" ? 0x81 : 0x80) ? [n] : [(n % 0x80) + 0x80, Math.floor(n / 0x80)]);
  const room = bug === "no-overflow" ? Number.POSITIVE_INFINITY : after.length;
  const encoded: number[] = [];
  for (const { 0: text, 1: same = "", 2: other = "", index } of letters.matchAll(/(=*)(x*)/g)) {
    if (text === "" || (index > 0 && bug === "late-overflow" && other === "")) break;
    if (encoded.length + 2 > room) return undefined;
    if (other === "" && bug !== "trailing-run") break;
    encoded.push(...count(same.length));
    if (other === "") break;
    if (encoded.length + 2 > room) return undefined;
    encoded.push(...count(other.length));
    if (encoded.length + other.length > room) return undefined;
    encoded.push(...after.subarray(index + same.length, index + text.length));
  }
  return Uint8Array.from(encoded);
}

function page(size: number, ...edits: readonly (readonly [at: number, ...bytes: number[]])[]): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const [at, ...values] of edits) bytes.set(values, at);
  return bytes;
}

const repeated = (value: number, times: number): number[] => Array.from({ length: times }, () => value);
const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** Against a page of zeros; counts first. */
const GOLDEN: readonly (readonly [what: string, after: Uint8Array, encoded: string | undefined])[] = [
  ["byte 0", page(SIZE, [0, 0x86]), "00 01 86"],
  ["byte 4095", page(SIZE, [4095, 0x11]), "ff1f 01 11"],
  ["two bytes at 128", page(SIZE, [0x80, 0xaa, 0xbb]), "8001 02 aabb"],
  ["two runs, one equal byte between", page(SIZE, [0, 1, 0, 2]), "00 01 01 01 01 02"],
  ["128 bytes", page(SIZE, [0, ...repeated(1, 128)]), `00 8001 ${"01".repeat(128)}`],
  ["three bytes at 4000", page(SIZE, [4000, 7, 7, 7]), "a01f 03 070707"],
  ["equal", page(SIZE), ""],
  ["all different", page(SIZE, [0, ...repeated(1, SIZE)]), undefined],
  ["4091 bytes, which leave 2 behind them", page(SIZE, [0, ...repeated(1, 4091)]), `00 fb1f ${"01".repeat(4091)}`],
  ["4092 bytes, which leave 1", page(SIZE, [0, ...repeated(1, 4092)]), undefined],
  ["the last 4092 bytes, which end the page", page(SIZE, [4, ...repeated(1, 4092)]), `04 fc1f ${"01".repeat(4092)}`],
];

/** Bytes that are changed in runs, mostly short ones and close together; now and then too many to be encoded. */
const pairs = fc
  .record({
    base: fc.uint8Array({ minLength: 16, maxLength: 64 }),
    runs: fc.array(
      fc.tuple(fc.nat(SIZE - 1), fc.oneof({ weight: 6, arbitrary: fc.nat(40) }, fc.nat(SIZE)), fc.integer({ min: 1, max: 3 })),
      { maxLength: 60 },
    ),
  })
  .map(({ base, runs }) => {
    const before = Uint8Array.from({ length: SIZE }, (_, at) => (base[at % base.length] as number) + (at >> 6));
    const after = before.slice();
    for (const [at, length, step] of runs)
      for (let i = at; i < Math.min(SIZE, at + length); i += step) after[i] = (after[i] as number) ^ (1 + (i % 255));
    return { before, after };
  });

const canonical = (encode: (before: Uint8Array, after: Uint8Array) => Uint8Array | undefined) =>
  fc.property(pairs, ({ before, after }) => hex(encode(before, after)) === hex(model(before, after)));

for (const { name, encode, decode } of IMPLEMENTATIONS) {
  test.each(GOLDEN)(`${name}: %s`, (_, after, encoded) => {
    expect(hex(encode(page(SIZE), after))).toBe(encoded?.replaceAll(" ", ""));
    if (encoded === undefined) return;
    const received = page(SIZE);
    decode(bytes(encoded), received);
    expect(received).toEqual(after);
  });

  test(`${name}: encodes as the model does`, () => {
    fc.assert(canonical(encode), { seed: SEED, numRuns: 150 });
  });

  test(`${name}: what is encoded makes the page again`, () => {
    const again = fc.property(pairs, ({ before, after }) => {
      const encoded = encode(before, after);
      if (encoded === undefined) return;
      const received = before.slice();
      const covered = decode(encoded, received);
      expect(Buffer.compare(received, after)).toBe(0);
      expect(after.subarray(covered)).toEqual(before.subarray(covered));
    });
    fc.assert(again, { seed: SEED, numRuns: 100 });
  });

  test.each([
    ["truncated", 0, "00"],
    ["truncated", 1, "00 01"],
    ["truncated", 3, "00 01 86 05"],
    ["truncated", 2, "80 00"],
    ["truncated", 1, "05 80"],
    ["long-count", 0, "80 80 01 aa"],
    ["long-count", 1, "00 ff ff aa"],
    ["empty-run", 1, "00 00 aa"],
    ["empty-run", 1, "00 80 00 aa"],
    ["empty-run", 3, "00 01 86 00 01 86"],
    ["empty-run", 3, "00 01 86 80 00 01 86"],
    ["page-overrun", 0, "81 20 01 aa"],
    ["page-overrun", 0, "ff 7f 01 aa"],
    ["page-overrun", 2, "80 20 01 aa"],
    ["page-overrun", 2, "ff 1f 02 aa aa"],
    ["input-overrun", 1, "00 02 86"],
    ["input-overrun", 1, "00 81 00"],
    ["too-long", 4096, "00".repeat(4097)],
  ])(`${name}: %s at %i`, (code, offset, text) => {
    const error = refusal(() => decode(bytes(text), page(SIZE)));
    expect([error.code, error.offset]).toEqual([code, offset]);
    expect(error.message).toMatch(/^XBZRLE, byte \d+: .*\.$/);
  });

  test(`${name}: nothing at all, and a count in two bytes that needs one, are accepted`, () => {
    expect(decode(bytes(""), page(SIZE))).toBe(0);
    const received = page(SIZE);
    expect(decode(bytes("80 00 81 00 86"), received)).toBe(1);
    expect(received).toEqual(page(SIZE, [0, 0x86]));
  });
}

function refusal(work: () => unknown): XbzrleError {
  try {
    work();
  } catch (error) {
    if (error instanceof XbzrleError) return error;
    throw error;
  }
  throw new Error("It is accepted.");
}

test.each<Bug>(["joins-runs", "late-overflow", "no-overflow", "trailing-run", "one-byte-count"])("an encoder that %s is found", (bug) => {
  const found = fc.check(
    canonical((before, after) => model(before, after, bug)),
    { seed: SEED, numRuns: 1000, endOnFailure: true },
  ).failed;
  const golden = GOLDEN.some(([, after, encoded]) => hex(model(page(SIZE), after, bug)) !== encoded?.replaceAll(" ", ""));
  expect(found || golden).toBe(true);
});

test("of any bytes, both decoders make the same page or the same refusal", () => {
  const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0x7f, 0x80, 0x81, 0xff));
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(count, { maxLength: 400 }).map((values) => Uint8Array.from(values)),
  );
  const outcome = ({ decode }: Implementation, encoded: Uint8Array): unknown => {
    const received = page(SIZE);
    try {
      return [decode(encoded, received), hex(received)];
    } catch (error) {
      if (error instanceof XbzrleError) return [error.code, error.offset, hex(received)];
      throw error;
    }
  };
  const same = fc.property(hostile, (encoded) => {
    const [first, ...others] = IMPLEMENTATIONS.map((each) => outcome(each, encoded));
    for (const other of others) expect(other).toEqual(first);
  });
  fc.assert(same, { seed: SEED, numRuns: 300 });
});

test("small pages, and a buffer with less room than a page", () => {
  const small = fc.array(fc.constantFrom(0, 1), { maxLength: 300 }).map((values) => Uint8Array.from(values));
  const same = fc.property(small, fc.nat(320), (after, room) => {
    const before = new Uint8Array(after.length);
    const encoded = plain(before, after);
    const into = new Uint8Array(room + 1).fill(0xee);
    const length = encodeXbzrle(before, after, into.subarray(0, room));
    expect(hex(encoded)).toBe(hex(model(before, after)));
    expect(into[room]).toBe(0xee);
    if (length !== XBZRLE_OVERFLOW) expect(hex(into.subarray(0, length))).toBe(hex(encoded));
    else expect(encoded === undefined || encoded.length + 2 > room).toBe(true);
  });
  fc.assert(same, { seed: SEED, numRuns: 500 });
  expect(() => encodeXbzrle(new Uint8Array(0x4001), new Uint8Array(0x4001), new Uint8Array(0x4001))).toThrow(RangeError);
  expect(() => encodeXbzrle(new Uint8Array(8), new Uint8Array(16), new Uint8Array(16))).toThrow(RangeError);
});
