import { createHash } from "node:crypto";
import { PageKernel } from "../../ram/page-kernel.ts";
import { isZero } from "../../ram/zero-page.ts";

/** Hashes pages of one size; 0 is kept for pages that are all zero. FORMAT.md, Page hash. */
export class PageHasher {
  readonly pageSize: number;
  /** Of the page that was hashed last. */
  low = 0;
  high = 0;
  readonly #kernel: PageKernel | undefined;
  readonly #page: number;
  readonly #hash: number;
  /** What the kernel makes of a page of zeros. */
  readonly #zeroLow: number;
  readonly #zeroHigh: number;

  /** A kernel that is given needs room for a page and 64 bytes. */
  constructor(pageSize: number, kernel: PageKernel | undefined = kernelFor(pageSize)) {
    this.pageSize = pageSize;
    this.#kernel = kernel;
    this.#page = kernel?.take(pageSize) ?? 0;
    this.#hash = kernel?.take(8) ?? 0;
    kernel?.hashes(this.#page, 1, this.#hash);
    this.#zeroLow = kernel?.words[this.#hash / 4] ?? 0;
    this.#zeroHigh = kernel?.words[this.#hash / 4 + 1] ?? 0;
  }

  /** Hashes the page that begins at `from`, into `low` and `high`. */
  hash(bytes: Uint8Array, from = 0): void {
    const kernel = this.#kernel;
    if (kernel === undefined) {
      this.#hashSlowly(bytes.subarray(from, from + this.pageSize));
      return;
    }
    const isThere = bytes.buffer === kernel.memory.buffer;
    if (!isThere) kernel.bytes.set(bytes.subarray(from, from + this.pageSize), this.#page);
    const at = isThere ? bytes.byteOffset + from : this.#page;
    kernel.hashes(at, 1, this.#hash);
    this.#take(kernel, this.#hash / 4, at);
  }

  /** Where the kernel put hashes of pages, of which the first is at `page`: no page but a zero one is to have 0. */
  mend(kernel: PageKernel, at: number, count: number, page: number, stride: number): void {
    const { words } = kernel;
    for (let nth = 0, word = at / 4; nth < count; nth++, word += 2) {
      const high = words[word + 1] as number;
      if (high !== 0 && high !== this.#zeroHigh) continue;
      this.#take(kernel, word, page + nth * stride);
      words[word] = this.low;
      words[word + 1] = this.high;
    }
  }

  #take(kernel: PageKernel, word: number, page: number): void {
    const low = kernel.words[word] as number;
    const high = kernel.words[word + 1] as number;
    const isZero = low === this.#zeroLow && high === this.#zeroHigh && kernel.zero(page);
    this.low = isZero ? 0 : low;
    this.high = isZero ? 0 : high || 1;
  }

  #hashSlowly(page: Uint8Array): void {
    const digest = createHash("sha256").update(page).digest();
    const isNothing = isZero(page);
    this.low = isNothing ? 0 : digest.readUInt32LE(0);
    this.high = isNothing ? 0 : digest.readUInt32LE(4) || 1;
  }
}

/** Nothing for pages of a size that the kernel does not know. */
function kernelFor(pageSize: number): PageKernel | undefined {
  const isUsual = Number.isInteger(Math.log2(pageSize)) && pageSize >= 0x400 && pageSize <= 0x10000;
  return isUsual ? new PageKernel({ bytes: pageSize + 8, pageSize }) : undefined;
}
