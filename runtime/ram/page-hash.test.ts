import fc from "fast-check";
import { expect, test } from "vitest";
import { pageHash } from "./page-hash.ts";
import { PageKernel } from "./page-kernel.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const SIZE = 4096;

test.each([
  ["of zeros", SIZE, () => 0, "42169b8a6bb3fb06"],
  ["with all bits set", SIZE, () => 0xff, "70b07e5d8581f054"],
  ["of which each byte is its offset", SIZE, (at: number) => at, "57219de5b05d5110"],
  ["of zeros and 1 KiB", 0x400, () => 0, "5ecda919f6261c7b"],
])("the hash of a page %s", (_, size, byteAt, expected) => {
  const page = Uint8Array.from({ length: size }, (_each, at) => byteAt(at));
  expect(pageHash(page).toString(16)).toBe(expected);
});

const SIZES = [0x400, 0x1000, 0x4000, 0x10000];
const KERNELS = SIZES.flatMap((pageSize) => [false, true].map((shared) => new PageKernel({ bytes: 3 << 16, pageSize, shared })));

test("kernel and plain code give one hash, of pages of every size, anywhere", () => {
  const same = fc.property(fc.constantFrom(...KERNELS), fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(70), (kernel, some, at) => {
    const { bytes, pageSize } = kernel;
    for (let i = 0; i < 2 * pageSize; i++) bytes[at + i] = (some[i % some.length] as number) ^ (i >> 8);
    const expected = [at, at + pageSize].map((start) => pageHash(bytes.slice(start, start + pageSize)));
    expect([kernel.hash(at), kernel.hash(at + pageSize)]).toEqual(expected);
    const into = 2 * 0x10000 + 128;
    kernel.hashes(at, 2, into);
    expect([...kernel.wide.subarray(into / 8, into / 8 + 2)]).toEqual(expected);
    expect(new DataView(bytes.buffer).getBigUint64(into, true)).toBe(expected[0]);
    // Two that lie apart, as behind heads.
    kernel.hashes(at, 2, into, pageSize + (at % 9));
    const apart = at + pageSize + (at % 9);
    expect([...kernel.wide.subarray(into / 8, into / 8 + 2)]).toEqual([expected[0], pageHash(bytes.slice(apart, apart + pageSize))]);
  });
  fc.assert(same, { seed: SEED, numRuns: 100 });
});

const kernel = new PageKernel({ bytes: 1 << 16, pageSize: SIZE });

/** The hash once `change` has been made, which is one that undoes itself. */
function hashWith(change: () => void): bigint {
  change();
  const hash = kernel.hash(0);
  change();
  return hash;
}

function flip(bit: number): void {
  kernel.bytes[bit >> 3] = (kernel.bytes[bit >> 3] as number) ^ (1 << (bit & 7));
}

test.each(["zeros", "words that count", "noise"])("in a page of %s each bit changes half of the hash", (what) => {
  const words = kernel.words.subarray(0, SIZE / 4);
  for (let i = 0; i < words.length; i++)
    words[i] = what === "zeros" ? 0 : what === "noise" ? Math.imul((i ^ (i << 7)) + SEED, 0x9e3779b1) : i;
  const before = kernel.hash(0);
  const changes = new Float64Array(64);
  const seen = new Set([before]);
  for (let bit = 0; bit < SIZE * 8; bit++) {
    const hash = hashWith(() => flip(bit));
    seen.add(hash);
    let [low, high] = [Number((hash ^ before) & 0xffffffffn), Number((hash ^ before) >> 32n)];
    for (let i = 0; i < 32; i++, low >>>= 1, high >>>= 1) {
      changes[i] = (changes[i] as number) + (low & 1);
      changes[i + 32] = (changes[i + 32] as number) + (high & 1);
    }
  }
  expect(seen.size).toBe(SIZE * 8 + 1);
  // Of 32,768 throws of a coin, half heads within six standard deviations.
  for (const count of changes) expect(Math.abs(count - SIZE * 4)).toBeLessThan(6 * Math.sqrt(SIZE * 2));
});

test("pages that differ in the same lane, in highest and lowest bits, have different hashes", () => {
  kernel.bytes.fill(0, 0, SIZE);
  const lane = 15;
  const bits = Array.from({ length: 64 }, (_, stripe) => [0, 15, 16, 31].map((bit) => stripe * 512 + lane * 32 + bit)).flat();
  const hashes: bigint[] = [];
  for (const [index, a] of bits.entries()) {
    for (const b of bits.slice(0, index)) {
      hashes.push(
        hashWith(() => {
          flip(a);
          flip(b);
        }),
      );
    }
  }
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("words that change places change the hash", () => {
  const words = kernel.words.subarray(0, SIZE / 4);
  words.forEach((_, at) => {
    words[at] = at;
  });
  const hashes = [1, 4, 16, 17, 512].map((apart) =>
    hashWith(() => {
      const [first = 0, other = 0] = [words[3], words[3 + apart]];
      words[3] = other;
      words[3 + apart] = first;
    }),
  );
  expect(new Set([...hashes, kernel.hash(0)]).size).toBe(6);
});

test.each([0, 63, 100])("there is no page of %i bytes", (size) => {
  expect(() => pageHash(new Uint8Array(size))).toThrow(RangeError);
});
