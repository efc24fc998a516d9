import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bitmapWords, DirtyBitmap } from "./dirty-bitmap.ts";
import { startThread } from "./proof/bundled-thread.ts";
import { CLEAN, END, type HammerData, type OvertakeData, RUNNING } from "./proof/hammer-data.ts";
import { SEED } from "./proof/seed.ts";

const pagesIn = (words: Uint32Array, pages: number): number[] =>
  Array.from({ length: pages }, (_, page) => page).filter((page) => (((words[page >>> 5] as number) >>> (page & 31)) & 1) === 1);

test("a page is marked once, and taken once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.array(fc.nat(299)), fc.array(fc.nat(299)), (pages, first, then) => {
      const bitmap = new DirtyBitmap(pages);
      const into = new Uint32Array(bitmapWords(pages));
      const seen = new Set<number>();
      for (const marks of [first, then]) {
        const own = new Set<number>();
        for (const page of marks.filter((each) => each < pages)) {
          expect(bitmap.mark(page)).toBe(!own.has(page));
          own.add(page);
          seen.add(page);
        }
        // What was in the bitmap before stays, and counts again.
        expect(bitmap.exchangeInto(into)).toBe(own.size);
        expect(pagesIn(into, pages)).toEqual([...seen].sort((a, b) => a - b));
      }
      expect(bitmap.exchangeInto(into)).toBe(0);
    }),
    { seed: SEED },
  );
});

test("what is cleared is clean again, and a bitmap that is too short is refused", () => {
  const bitmap = new DirtyBitmap(100);
  bitmap.mark(99);
  bitmap.clear();
  expect(bitmap.mark(99)).toBe(true);
  expect(() => bitmap.exchangeInto(new Uint32Array(3))).toThrow(RangeError);
});

test("of two threads that mark and one that takes no mark is lost and none comes twice", async () => {
  // Few, so that all are at the same words.
  const pages = 128;
  const counts = new Int32Array(new SharedArrayBuffer(12));
  const bitmap = new DirtyBitmap(pages);
  const threads = await Promise.all(
    [1, 2].map((n) => {
      const workerData: HammerData = { shared: bitmap.words.buffer, counts, pages, seed: SEED + n };
      return startThread(join(import.meta.dirname, "proof/hammer.ts"), workerData);
    }),
  );
  const ends = threads.map((thread) => new Promise((resolve, reject) => thread.on("exit", resolve).on("error", reject)));
  while (Atomics.load(counts, RUNNING) < threads.length) await new Promise((resolve) => setImmediate(resolve));
  const into = new Uint32Array(bitmapWords(pages));
  let taken = 0;
  // Where few processors are free the threads mostly wait for one.
  for (let n = 0, rounds = 0; rounds < 20_000 && n < 20_000_000; n++) {
    const more = bitmap.exchangeInto(into);
    if (more > 0) rounds++;
    taken += more;
  }
  Atomics.store(counts, END, 1);
  await Promise.all(ends);
  taken += bitmap.exchangeInto(into);
  // Each mark that found its page clean was taken by one exchange.
  expect(taken).toBe(counts[CLEAN]);
  expect(pagesIn(into, pages)).toHaveLength(pages);
});

test("no mark overtakes the write that it stands for", async () => {
  const number = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(128));
  const [counts, value, said] = [number(), number(), number()];
  const bitmap = new DirtyBitmap(1);
  const workerData: OvertakeData = { shared: bitmap.words.buffer, counts, value, said };
  const thread = await startThread(join(import.meta.dirname, "proof/overtake.ts"), workerData);
  const end = new Promise((resolve, reject) => thread.on("exit", resolve).on("error", reject));
  while (Atomics.load(counts, RUNNING) === 0) await new Promise((resolve) => setImmediate(resolve));
  const into = new Uint32Array(bitmapWords(1));
  let copy = 0;
  let behind = 0;
  for (let n = 0, rounds = 0; rounds < 1_000_000 && n < 10_000_000; n++) {
    const before = Atomics.load(said, 0);
    if (bitmap.exchangeInto(into) > 0) {
      copy = value[0] as number;
      rounds++;
    }
    // What it had said by then was marked, so it was copied now or before.
    if (copy < before) behind++;
  }
  Atomics.store(counts, END, 1);
  await end;
  expect(behind).toBe(0);
});
