import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import { RAM, TYPE } from "../format.ts";
import { Out } from "../out.ts";
import { hashThreads } from "../proof/hash-threads.ts";
import { readStream } from "../read-stream.ts";
import { Summary } from "../summary.ts";
import { PageHasher } from "./page-hasher.ts";
import { PageHashes } from "./page-hashes.ts";
import { RamDigests } from "./ram-digests.ts";
import type { SharedHashing } from "./series-hasher.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const PAGE = 4096;
const BLOCK_PAGES = 4096;

/** Pages in their order, each with a content of its own, or zero. */
interface Run {
  readonly first: number;
  readonly count: number;
  readonly isZero: boolean;
}

/** The stream, and the digest of what its one block holds in the end. */
function streamOf(runs: readonly Run[]): { bytes: Uint8Array; digest: string } {
  const parts: Uint8Array[] = [];
  const out = new Out((bytes) => parts.push(bytes.slice()));
  const hasher = new PageHasher(PAGE);
  const hashes = new PageHashes();
  out.be32(0x5145564d);
  out.be32(3);
  out.u8(TYPE.start);
  out.be32(2);
  out.name("ram");
  out.be32(0);
  out.be32(4);
  out.word(BLOCK_PAGES * PAGE, RAM.size);
  out.name("pc.ram");
  out.be64(BLOCK_PAGES * PAGE);
  const content = new Uint8Array(PAGE);
  let written = 0;
  for (const { first, count, isZero } of runs)
    for (let page = first; page < first + count; page++) {
      out.word(page * PAGE, (isZero ? RAM.zero : RAM.page) | (written === 0 ? 0 : RAM.sameBlock));
      if (written === 0) out.name("pc.ram");
      written++;
      new DataView(content.buffer).setUint32(page % 1024, isZero ? 0 : written);
      if (isZero) out.u8(0);
      else out.put(content);
      hasher.hash(isZero ? new Uint8Array(PAGE) : content);
      hashes.set(page, hasher.low, hasher.high);
    }
  out.word(0, RAM.eos);
  out.u8(TYPE.eof);
  out.flush();
  return { bytes: Buffer.concat(parts), digest: hashes.digest() };
}

function digestOf(bytes: Uint8Array, isPipe: boolean, beside?: (shared: SharedHashing) => void): string | undefined {
  const digests = new RamDigests(beside);
  const summary = new Summary(digests);
  const source = sourceOfBytes(bytes);
  readStream(isPipe ? { read: source.read } : source, summary, { payloads: true, memory: digests.memory });
  summary.end();
  expect(summary.problems).toEqual([]);
  return summary.blocks.get("pc.ram")?.digest;
}

/** A thread that never comes is what one is that has not started yet. */
const WAYS = { alone: undefined, "beside a thread that never comes": () => {} } as const;

const runs = fc.array(
  fc.record({ first: fc.nat(BLOCK_PAGES - 700), count: fc.constantFrom(1, 2, 3, 40, 260, 700), isZero: fc.boolean() }),
  { minLength: 1, maxLength: 24 },
);

test.each(Object.entries(WAYS))("the digest is that of the pages that came last, hashed %s", (_, beside) => {
  fc.assert(
    fc.property(runs, fc.boolean(), (each, isPipe) => {
      const { bytes, digest } = streamOf(each);
      expect(digestOf(bytes, isPipe, beside)).toBe(digest);
    }),
    { seed: SEED, numRuns: 40 },
  );
});

test("pages that come again while those before are still to be hashed are what came last", () => {
  const again = { first: 10, count: 50, isZero: false };
  const { bytes, digest } = streamOf([again, again, { first: 20, count: 3, isZero: true }, { first: 22, count: 1, isZero: false }, again]);
  for (const beside of Object.values(WAYS)) expect(digestOf(bytes, false, beside)).toBe(digest);
});

test("the digest is the same beside a thread that hashes as well", async () => {
  const long = { first: 0, count: BLOCK_PAGES, isZero: false };
  const { bytes, digest } = streamOf([long, { first: 100, count: 900, isZero: true }, { first: 500, count: 1200, isZero: false }]);
  const start = await hashThreads();
  const ends: Promise<unknown>[] = [];
  const found = [false, true, false].map((isPipe) =>
    digestOf(bytes, isPipe, (shared) => {
      const thread = start(shared);
      ends.push(new Promise((resolve) => thread.once("exit", resolve)));
    }),
  );
  expect(found).toEqual([digest, digest, digest]);
  // None of them is left behind.
  expect(await Promise.all(ends)).toEqual([0, 0, 0]);
});
