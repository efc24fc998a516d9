import type { RamBlock } from "../guest/guest.ts";
import { PageCache } from "../ram/page-cache.ts";
import { PageKernel } from "../ram/page-kernel.ts";
import { XBZRLE_OVERFLOW } from "../ram/xbzrle.ts";
import { pagesOf } from "./dirty-pages.ts";
import type { XbzrleStatistics } from "./statistics.ts";

export interface Encoded {
  /** Of a page that is to be sent as a difference; empty when it is as it was. Absent when it is to be sent as it is. */
  readonly encoded?: Uint8Array;
  /** The page as it was looked at: what is sent must be what is kept, and the guest may have written to it since. */
  readonly held: Uint8Array;
}

/** Pages as the destination has them, against which they are sent when they are dirty again. FORMAT.md, Xbzrle. */
export class Delta {
  readonly statistics: XbzrleStatistics;
  readonly #kernel: PageKernel;
  readonly #cache: PageCache;
  readonly #cached: number;
  readonly #page: number;
  readonly #into: number;
  /** Number over all blocks of each block's first page. */
  readonly #first: readonly number[];
  #generation = 0;

  /** Of the size of the cache the largest power of two of pages is used. All blocks have pages of one size. */
  constructor(blocks: readonly RamBlock[], statistics: XbzrleStatistics) {
    const pageSize = blocks[0]?.pageSize ?? 0x1000;
    const slots = 2 ** Math.floor(Math.log2(Math.max(1, statistics["cache-size"] / pageSize)));
    this.#kernel = new PageKernel({ bytes: (slots + 2) * pageSize, pageSize });
    this.#cached = this.#kernel.take(slots * pageSize);
    this.#page = this.#kernel.take(pageSize);
    this.#into = this.#kernel.take(pageSize);
    this.#cache = new PageCache({ slots, pageSize, storage: this.#kernel.bytes.subarray(this.#cached, this.#cached + slots * pageSize) });
    this.statistics = statistics;
    let first = 0;
    this.#first = blocks.map((block) => {
      first += pagesOf(block);
      return first - pagesOf(block);
    });
  }

  /** A round over the guest's memory begins. */
  round(generation: number): void {
    this.#generation = generation;
  }

  encode(block: number, page: number, content: Uint8Array): Encoded {
    const { bytes, pageSize } = this.#kernel;
    const held = bytes.subarray(this.#page, this.#page + pageSize);
    held.set(content);
    const number = (this.#first[block] as number) + page;
    const found = this.#cache.find(number, this.#generation);
    if (found === undefined) {
      this.statistics["cache-miss"]++;
      this.#cache.insert(number, held, this.#generation);
      return { held };
    }
    const before = this.#cached + found;
    const length = this.#kernel.encodeXbzrle(before, this.#page, this.#into);
    if (length !== 0) bytes.copyWithin(before, this.#page, this.#page + pageSize);
    if (length === XBZRLE_OVERFLOW) {
      this.statistics.overflow++;
      return { held };
    }
    this.statistics.pages++;
    this.statistics.bytes += length;
    return { encoded: bytes.subarray(this.#into, this.#into + length), held };
  }

  /** A page was sent as zeros. */
  zero(block: number, page: number): void {
    this.#cache.insert((this.#first[block] as number) + page, new Uint8Array(this.#kernel.pageSize), this.#generation);
  }
}
