import fc from "fast-check";
import { expect, test } from "vitest";
import { SeenPages } from "./seen-pages.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);

test("pages that come in a run are seen as they are one by one", () => {
  // Around a place where one piece of the bitmap ends.
  const run = fc.record({ first: fc.integer({ min: 32_700, max: 32_800 }), count: fc.integer({ min: 1, max: 200 }) });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      const [atOnce, single] = [new SeenPages(), new SeenPages()];
      for (const { first, count } of runs) {
        const isNew = Array.from({ length: count }, (_, nth) => single.add("pc.ram", first + nth)).filter((each) => each === true);
        expect(atOnce.addRun("pc.ram", first, count)).toBe(isNew.length);
      }
      expect(atOnce.count("pc.ram")).toBe(single.count("pc.ram"));
      expect(atOnce.firstMissing("pc.ram")).toBe(single.firstMissing("pc.ram"));
    }),
    { seed: SEED },
  );
});

test("a run that begins beyond what can be told apart cannot be told", () => {
  const seen = new SeenPages();
  for (let piece = 0; piece < 1 << 15; piece++) seen.add("pc.ram", piece * (1 << 15));
  expect(seen.addRun("pc.ram", 2 ** 30 - 3, 2)).toBe(2);
  expect(seen.addRun("pc.ram", 2 ** 30 - 1, 2)).toBeUndefined();
  expect(seen.addRun("pc.ram", 2 ** 30 - 4, 2)).toBe(1);
});
