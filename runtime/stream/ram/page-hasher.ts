import { createHash } from "node:crypto";
import { PageKernel } from "../../ram/page-kernel.ts";
import { isZero } from "../../ram/zero-page.ts";

/** Pages that the kernel hashes in one call. */
const BATCH = 64;

/** Hashes pages of one size; 0 is kept for pages that are all zero. FORMAT.md, Page hash. */
export class PageHasher {
  readonly pageSize: number;
  /** Memory of that many bytes, in which pages are hashed where they lie. */
  readonly memory: Uint8Array<ArrayBuffer>;
  /** Of the page that was hashed last. */
  low = 0;
  high = 0;
  readonly #kernel: PageKernel | undefined;
  readonly #page: number;
  readonly #hash: number;
  /** What the kernel makes of a page of zeros. */
  readonly #zeroLow: number;
  readonly #zeroHigh: number;

  constructor(pageSize: number, memory = 0) {
    this.pageSize = pageSize;
    const isUsual = Number.isInteger(Math.log2(pageSize)) && pageSize >= 0x400 && pageSize <= 0x10000;
    this.#kernel = isUsual ? new PageKernel({ bytes: pageSize + 8 * BATCH + memory, pageSize }) : undefined;
    this.#page = this.#kernel?.take(pageSize) ?? 0;
    this.#hash = this.#kernel?.take(8 * BATCH) ?? 0;
    const from = this.#kernel?.take(memory) ?? 0;
    this.#kernel?.hashes(this.#page, 1, this.#hash);
    this.#zeroLow = this.#kernel?.words[this.#hash / 4] ?? 0;
    this.#zeroHigh = this.#kernel?.words[this.#hash / 4 + 1] ?? 0;
    this.memory = (this.#kernel?.bytes ?? new Uint8Array(memory)).subarray(from, from + memory) as Uint8Array<ArrayBuffer>;
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
    this.#take(this.#hash / 4, at, kernel);
  }

  /** Hashes pages that lie `stride` bytes apart, and gives each by its number. */
  hashSeries(
    bytes: Uint8Array,
    from: number,
    stride: number,
    count: number,
    give: (page: number, low: number, high: number) => void,
  ): void {
    const kernel = this.#kernel;
    if (kernel === undefined || bytes.buffer !== kernel.memory.buffer) {
      for (let page = 0; page < count; page++) {
        this.hash(bytes, from + page * stride);
        give(page, this.low, this.high);
      }
      return;
    }
    for (let first = 0; first < count; first += BATCH) {
      const at = bytes.byteOffset + from + first * stride;
      const pages = Math.min(BATCH, count - first);
      kernel.hashes(at, pages, this.#hash, stride);
      for (let nth = 0; nth < pages; nth++) {
        this.#take(this.#hash / 4 + 2 * nth, at + nth * stride, kernel);
        give(first + nth, this.low, this.high);
      }
    }
  }

  /** From where the kernel put the hash of the page at `page`. No page but a zero one has 0. */
  #take(word: number, page: number, kernel: PageKernel): void {
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
