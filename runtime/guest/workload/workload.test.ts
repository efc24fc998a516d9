import fc from "fast-check";
import { expect, test } from "vitest";
import { mix } from "../mix.ts";
import { SEED } from "../proof/seed.ts";
import { type WorkloadSpec, workloadOf } from "./index.ts";

const SPECS: readonly WorkloadSpec[] = [
  { name: "sweep" },
  { name: "uniform" },
  { name: "byte-a-page" },
  { name: "bursts" },
  { name: "zipf" },
  { name: "zipf", exponent: 0.6 },
  { name: "zipf", exponent: 1.4 },
  { name: "hot-and-cold" },
  { name: "hot-and-cold", hotPages: 1, hotWrites: 0.5 },
  { name: "hot-and-cold", hotPages: 0, hotWrites: 1 },
];

const orderOf = (spec: WorkloadSpec, pages: number): ((n: number, random: number) => number) =>
  workloadOf(spec).order?.(spec, pages) ?? (() => -1);

/** Writes to each page, of so many. */
function writes(spec: WorkloadSpec, pages: number, count: number): number[] {
  const order = orderOf(spec, pages);
  const all = Array<number>(pages).fill(0);
  for (let n = 0; n < count; n++) {
    const page = order(n, mix(n, SEED));
    all[page] = (all[page] as number) + 1;
  }
  return all;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);

test.each(SPECS)("$name writes to pages that there are", (spec) => {
  const edges = fc.constantFrom(0, 1, 2 ** 32 - 1);
  const random = fc.oneof(edges, fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 }), fc.maxSafeNat(), random, (pages, n, bits) => {
      const page = orderOf(spec, pages)(n, bits);
      expect(Number.isInteger(page) && page >= 0 && page < pages).toBe(true);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test("an idle guest has no order", () => {
  expect(workloadOf({ name: "idle" }).order).toBeUndefined();
});

test.each([{ name: "sweep" }, { name: "byte-a-page" }] as const)("$name writes to each page in turn", (spec) => {
  expect(new Set(writes(spec, 100, 1000))).toEqual(new Set([10]));
});

test("a tenth of the pages gets nine writes of ten", () => {
  const counts = writes({ name: "hot-and-cold" }, 1000, 100_000);
  expect(sum(counts.slice(0, 100)) / 100_000).toBeCloseTo(0.9, 2);
  expect(Math.min(...counts)).toBeGreaterThan(0);
});

test("the higher the exponent, the more goes to few pages, and those lie apart", () => {
  const share = (exponent: number): number => {
    const counts = writes({ name: "zipf", exponent }, 1000, 100_000).sort((a, b) => b - a);
    return sum(counts.slice(0, 10)) / 100_000;
  };
  const [low, one, high] = [share(0.6), share(1), share(1.4)];
  expect(low).toBeLessThan(one - 0.1);
  expect(one).toBeLessThan(high - 0.1);
  const places = writes({ name: "zipf", exponent: 1.4 }, 1000, 100_000)
    .map((count, page) => ({ count, page }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 4)
    .map(({ page }) => page);
  expect(places.every((page, i) => i === 0 || Math.abs(page - (places[i - 1] as number)) > 1)).toBe(true);
});
