import { expect, test } from "vitest";
import { PageKernel } from "./page-kernel.ts";
import { isZero } from "./zero-page.ts";

const SIZE = 0x400;

test("a page is zero until any one byte of it is not", () => {
  const kernel = new PageKernel({ pageSize: SIZE });
  const last = kernel.bytes.length - SIZE;
  for (const at of [0, SIZE + 3, last]) {
    // What stands beside the page does not count.
    kernel.bytes.fill(1);
    kernel.bytes.fill(0, at, at + SIZE);
    expect([kernel.zero(at), isZero(kernel.bytes, at, at + SIZE)]).toEqual([true, true]);
    for (let i = at; i < at + SIZE; i++) {
      kernel.bytes[i] = 0x80;
      if (kernel.zero(at) || isZero(kernel.bytes, at, at + SIZE)) throw new Error(`Byte ${i} is not seen.`);
      kernel.bytes[i] = 0;
    }
  }
});

test("bytes of any number", () => {
  const bytes = new Uint8Array(10_000);
  bytes[9999] = 1;
  expect(isZero(bytes)).toBe(false);
  expect(isZero(bytes, 0, 9999)).toBe(true);
  expect(isZero(bytes, 5, 5)).toBe(true);
  expect(isZero(new Uint8Array())).toBe(true);
  expect(() => isZero(bytes, 0, 10_001)).toThrow(RangeError);
  expect(() => isZero(bytes, -1, 1)).toThrow(RangeError);
});

test.each([0, 1, 63, 64, 65, 127, 128, 130])("which of %i pages are zero, as a bitmap", (count) => {
  const kernel = new PageKernel({ bytes: 4 << 16, pageSize: SIZE });
  const into = 3 << 16;
  kernel.bytes.fill(0xee, into);
  const dirty = [...Array(count).keys()].filter((page) => page % 3 === 0 || page === 64);
  for (const page of dirty) kernel.bytes[page * SIZE + ((page * 37) % SIZE)] = 1;
  expect(kernel.zeros(0, count, into)).toBe(count - dirty.length);
  const list = kernel.take(0);
  expect(list).toBe(0);
  const found = kernel.pages(into, count, 3.5 * 0x10000);
  const pages = [...kernel.words.subarray((3.5 * 0x10000) / 4, (3.5 * 0x10000) / 4 + found)];
  expect(pages).toEqual([...Array(count).keys()].filter((page) => !dirty.includes(page)));
  expect(kernel.bytes[into + Math.ceil(count / 64) * 8]).toBe(0xee);
});
