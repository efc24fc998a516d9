import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPage, type Fill, fillPage, PAGE_WORDS, writePage } from "./page-pattern.ts";
import { SEED } from "./proof/seed.ts";

const fill: fc.Arbitrary<Fill> = fc.option(fc.nat()).map((seed) => (seed === null ? { with: "zero" } : { with: "random", seed }));
const page = fc.nat(2 ** 20);
const sequence = fc.integer({ min: 1, max: 2 ** 32 - 2 });

/** A page as it is after that many writes, at a place of its own. */
function written(number: number, writes: number, filled: Fill): Uint32Array {
  const words = new Uint32Array(3 * PAGE_WORDS);
  fillPage(words, PAGE_WORDS, number, filled);
  if (writes > 0) writePage(words, PAGE_WORDS, number, writes);
  return words;
}

test("a page that was written to, or not, is right for that, and for nothing else", () => {
  fc.assert(
    fc.property(page, fc.oneof(sequence, fc.constant(0)), fill, (number, writes, filled) => {
      const words = written(number, writes, filled);
      expect(checkPage(words, PAGE_WORDS, number, writes, filled)).toBeUndefined();
      expect(checkPage(words, PAGE_WORDS, number, writes + 1, filled)).toBe("lost");
      if (writes > 0) expect(checkPage(words, PAGE_WORDS, number, writes - 1, filled)).toBe("ahead");
      if (writes > 0) expect(checkPage(words, PAGE_WORDS, number + 1, writes, filled)).toBe("misplaced");
      expect([...words.subarray(0, PAGE_WORDS), ...words.subarray(2 * PAGE_WORDS)].every((word) => word === 0)).toBe(true);
    }),
    { seed: SEED, numRuns: 50 },
  );
});

test("a page of two writes is torn, wherever it was cut between two records", () => {
  fc.assert(
    fc.property(page, sequence, fill, fc.integer({ min: 1, max: 7 }), (number, writes, filled, records) => {
      const [before, after] = [written(number, writes, filled), written(number, writes + 1, filled)];
      const cut = PAGE_WORDS + records * 128;
      before.set(after.subarray(PAGE_WORDS, cut), PAGE_WORDS);
      expect(checkPage(before, PAGE_WORDS, number, writes + 1, filled)).toBe("torn");
    }),
    { seed: SEED, numRuns: 50 },
  );
});

test("any word that is another makes a page wrong", () => {
  fc.assert(
    fc.property(
      page,
      sequence,
      fill,
      fc.nat(PAGE_WORDS - 1),
      fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      (number, writes, filled, at, change) => {
        const words = written(number, writes, filled);
        words[PAGE_WORDS + at] = (words[PAGE_WORDS + at] as number) ^ change;
        expect(checkPage(words, PAGE_WORDS, number, writes, filled)).toBeDefined();
      },
    ),
    { seed: SEED },
  );
});
