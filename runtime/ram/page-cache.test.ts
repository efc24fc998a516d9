import { expect, test } from "vitest";
import { PageCache } from "./page-cache.ts";

const content = (value: number): Uint8Array => new Uint8Array(16).fill(value);

function kept(cache: PageCache, page: number, generation: number): number | undefined {
  const at = cache.find(page, generation);
  return at === undefined ? undefined : cache.storage[at + cache.pageSize - 1];
}

test("a page is found where it was put, and no other", () => {
  const cache = new PageCache({ slots: 4, pageSize: 16 });
  expect(kept(cache, 0, 1)).toBeUndefined();
  expect(cache.insert(0, content(7), 1)).toBe(true);
  expect(cache.insert(2 ** 40 + 1, content(8), 1)).toBe(true);
  expect([0, 1, 4, 2 ** 40, 2 ** 40 + 1].map((page) => kept(cache, page, 1))).toEqual([7, undefined, undefined, undefined, 8]);
  expect(cache.insert(0, content(9), 1)).toBe(true);
  expect(kept(cache, 0, 1)).toBe(9);
});

test("a slot goes to another page in the second round after its page was last asked for", () => {
  const cache = new PageCache({ slots: 4, pageSize: 16 });
  cache.insert(1, content(1), 5);
  expect(cache.insert(5, content(2), 5)).toBe(false);
  expect(cache.insert(5, content(2), 6)).toBe(false);
  expect(kept(cache, 1, 6)).toBe(1);
  // Asked for in round 6, it stays through round 7.
  expect(cache.insert(5, content(2), 7)).toBe(false);
  expect(cache.insert(5, content(2), 8)).toBe(true);
  expect(kept(cache, 1, 8)).toBeUndefined();
  expect(kept(cache, 5, 8)).toBe(2);
});

test("asking for another page of the same slot keeps nothing alive", () => {
  const cache = new PageCache({ slots: 1, pageSize: 16 });
  cache.insert(1, content(1), 1);
  expect(kept(cache, 2, 2)).toBeUndefined();
  expect(cache.insert(2, content(2), 3)).toBe(true);
});

test("what is kept is a copy, in the storage that was given", () => {
  const storage = new Uint8Array(64);
  const cache = new PageCache({ slots: 4, pageSize: 16, storage });
  const page = content(3);
  cache.insert(6, page, 1);
  page.fill(4);
  expect(storage.subarray(32, 48)).toEqual(content(3));
  cache.clear();
  expect(kept(cache, 6, 1)).toBeUndefined();
});

test.each([
  ["slots that are no power of two", () => new PageCache({ slots: 3, pageSize: 16 })],
  ["no slots", () => new PageCache({ slots: 0, pageSize: 16 })],
  ["half a slot", () => new PageCache({ slots: 0.5, pageSize: 16 })],
  ["storage of another size", () => new PageCache({ slots: 4, pageSize: 16, storage: new Uint8Array(63) })],
  ["a page of another size", () => new PageCache({ slots: 4, pageSize: 16 }).insert(0, new Uint8Array(15), 1)],
  ["a page below 0", () => new PageCache({ slots: 4, pageSize: 16 }).find(-1, 1)],
  ["a page that is no number", () => new PageCache({ slots: 4, pageSize: 16 }).find(Number.NaN, 1)],
])("%s is refused", (_, work) => {
  expect(work).toThrow(RangeError);
});
