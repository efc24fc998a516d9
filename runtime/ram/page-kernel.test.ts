import { closeSync, openSync, readSync } from "node:fs";
import { expect, test } from "vitest";
import { PageKernel } from "./page-kernel.ts";
import { wasm } from "./webassembly.ts";

const END = 0x10000;

test.each<[string, (kernel: PageKernel) => unknown]>([
  ["a page that begins below 0", (kernel) => kernel.zero(-1)],
  ["a page that begins between two bytes", (kernel) => kernel.hash(0.5)],
  ["a page that ends behind the memory", (kernel) => kernel.hash(END - 4095)],
  ["a page 4 GiB on", (kernel) => kernel.zero(2 ** 32)],
  ["pages behind the memory", (kernel) => kernel.zeros(0, 17, 0)],
  ["fewer than no pages", (kernel) => kernel.hashes(0, -1, 0)],
  ["2^52 pages", (kernel) => kernel.hashes(0, 2 ** 52, 0)],
  ["pages that overlap", (kernel) => kernel.hashes(0, 2, 0, 100)],
  ["a stride beyond the end", (kernel) => kernel.hashes(0, 2, 0, END)],
  ["NaN pages", (kernel) => kernel.hashes(0, Number.NaN, 0)],
  ["no room for hashes", (kernel) => kernel.hashes(0, 2, END - 8)],
  ["no room for a bitmap", (kernel) => kernel.zeros(0, 1, END - 7)],
  ["half a word of a bitmap", (kernel) => kernel.pages(END - 4, 1, 0)],
  ["no room for page numbers", (kernel) => kernel.pages(0, 64, END - 252)],
  ["no room for runs", (kernel) => kernel.runs(0, 3, END - 12)],
  ["fewer than no bits", (kernel) => kernel.runs(0, -1, 0)],
  ["fewer than no bits, as pages", (kernel) => kernel.pages(0, -1, 0)],
  ["a bit and a half", (kernel) => kernel.runs(0, 1.5, 0)],
  ["no room to encode", (kernel) => kernel.encodeXbzrle(0, 4096, END - 4095)],
  ["an encoded page behind the memory", (kernel) => kernel.decodeXbzrle(END - 3, 4, 0)],
  ["taking more than there is", (kernel) => kernel.take(END + 1)],
  ["pages too large for xbzrle", () => new PageKernel({ pageSize: 0x8000 }).encodeXbzrle(0, 0, 0)],
  ["pages of 3 KiB", () => new PageKernel({ pageSize: 3072 })],
  ["pages of 512 bytes", () => new PageKernel({ pageSize: 512 })],
  ["pages of 128 KiB", () => new PageKernel({ pageSize: 1 << 17 })],
])("%s: refused", (_, work) => {
  expect(() => work(new PageKernel())).toThrow(RangeError);
});

test("what is taken lies apart, on offsets that fit every kind of number", () => {
  const kernel = new PageKernel();
  const places = [kernel.take(1), kernel.take(100), kernel.take(0), kernel.take(END - 192)];
  expect(places).toEqual([0, 64, 192, 192]);
  expect(() => kernel.take(1)).toThrow(RangeError);
});

test("a memory that is given is worked on, at its very end too: all 4 GiB can be addressed", () => {
  const memory = new wasm.Memory({ initial: 0x10000, maximum: 0x10000, shared: true });
  const kernel = new PageKernel({ memory });
  const last = 2 ** 32 - 4096;
  expect(kernel.zeros(last, 1, 0)).toBe(1);
  expect(kernel.hash(last)).toBe(kernel.hash(0x10000));
  kernel.bytes[2 ** 32 - 1] = 1;
  expect(kernel.zero(last)).toBe(false);
  expect(kernel.hash(last)).not.toBe(kernel.hash(0x10000));
  kernel.words[2 ** 30 - 1] = 5;
  expect(kernel.pages(2 ** 32 - 8, 64, 0)).toBe(2);
  expect(kernel.encodeXbzrle(0x10000, last, 0x20000)).toBe(4);
  expect(kernel.decodeXbzrle(0x20000, 4, 0x30000)).toBe(4093);
});

test("a file is read straight into either kind of memory", () => {
  for (const shared of [false, true]) {
    const kernel = new PageKernel({ shared });
    const file = openSync(import.meta.filename, "r");
    try {
      expect(readSync(file, kernel.bytes, 4096, 6, 0)).toBe(6);
    } finally {
      closeSync(file);
    }
    expect(Buffer.from(kernel.bytes.subarray(4096, 4102)).toString()).toBe("import");
  }
});
