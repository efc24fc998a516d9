import { expect, test } from "vitest";
import { PageSet } from "./page-set.ts";

test("pages are told apart, and come in order", () => {
  const pages = new PageSet();
  expect(pages.size).toBe(0);
  const far = 2 ** 40 + 31;
  for (const page of [far, 5, 1023, 1024, 31, 32]) expect(pages.add(page)).toBe(true);
  expect(pages.add(far)).toBe(false);
  expect([pages.has(far), pages.has(far + 1), pages.has(4), pages.has(31)]).toEqual([true, false, false, true]);
  expect(pages.size).toBe(6);
  expect([...pages]).toEqual([5, 31, 32, 1023, 1024, far]);
  pages.clear();
  expect([...pages]).toEqual([]);
});
