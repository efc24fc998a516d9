import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bitmapWords, DirtyBitmap } from "./dirty-bitmap.ts";
import { startThread } from "./proof/bundled-thread.ts";
import type { HammerData } from "./proof/hammer.ts";
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

test("of four threads that mark and one that takes no mark is lost and none comes twice", async () => {
  const data = { pages: 4096, marks: 400_000, seed: SEED };
  const bitmap = new DirtyBitmap(data.pages);
  const clean: number[] = [];
  const threads = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const workerData: HammerData = { ...data, seed: data.seed + n, shared: bitmap.words.buffer };
      const thread = await startThread(join(import.meta.dirname, "proof/hammer.ts"), workerData);
      thread.on("message", (count: number) => clean.push(count));
      return new Promise<void>((resolve, reject) => thread.on("exit", () => resolve()).on("error", reject));
    }),
  );
  const into = new Uint32Array(bitmapWords(data.pages));
  let taken = 0;
  while (clean.length < 4) {
    taken += bitmap.exchangeInto(into);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(threads);
  taken += bitmap.exchangeInto(into);
  // Each mark that found its page clean was taken by one exchange.
  expect(taken).toBe(clean.reduce((sum, count) => sum + count, 0));
  expect(pagesIn(into, data.pages)).toHaveLength(data.pages);
});
