import fc from "fast-check";
import { expect, test } from "vitest";
import type { RamBlock } from "../guest/guest.ts";
import { bitsIn, DirtyPages } from "./dirty-pages.ts";

const blocks = [3, 65, 32, 1].map(
  (pages, n): RamBlock => ({ id: `ram${n}`, size: pages * 4096, pageSize: 4096, bytes: new Uint8Array(0) }),
);

function passOf(dirty: DirtyPages, then: (taken: number) => void = () => {}): string[] {
  const taken: string[] = [];
  for (let next = dirty.take(); next !== undefined; next = dirty.take()) {
    taken.push(`${next.block}/${next.page}`);
    then(taken.length);
  }
  return taken;
}

test("all pages come once, in the order of blocks and pages", () => {
  const dirty = new DirtyPages(blocks);
  dirty.addAll();
  expect(dirty.count).toBe(101);
  const all = blocks.flatMap(({ size }, block) => Array.from({ length: size / 4096 }, (_, page) => `${block}/${page}`));
  expect(passOf(dirty)).toEqual(all);
  expect([dirty.count, passOf(dirty)]).toEqual([0, []]);
});

test("a pass ends though every page becomes dirty again behind its place, and no page is lost", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(64)), { minLength: 1, maxLength: 200 }), (marks) => {
      const dirty = new DirtyPages(blocks);
      dirty.addAll();
      let at = 0;
      const taken = passOf(dirty, () => {
        const [block, page] = marks[at++ % marks.length] as [number, number];
        const pages = (blocks[block] as RamBlock).size / 4096;
        const words = blocks.map((_, n) => new Uint32Array((dirty.bitmaps[n] as Uint32Array).length));
        (words[block] as Uint32Array)[(page % pages) >>> 5] = 1 << ((page % pages) & 31);
        dirty.add(words);
      });
      expect(taken.length).toBeLessThanOrEqual(2 * 101);
      expect(new Set(taken).size).toBe(taken.length);
      const rest = passOf(dirty);
      expect(new Set([...taken, ...rest]).size).toBe(101);
    }),
  );
});

test("bits are counted", () => {
  fc.assert(
    fc.property(fc.uint32Array({ maxLength: 20 }), (words) => {
      const counted = [...words].reduce((sum, word) => sum + word.toString(2).replaceAll("0", "").length, 0);
      expect(bitsIn(words)).toBe(counted);
    }),
  );
});
