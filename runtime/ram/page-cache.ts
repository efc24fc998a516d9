/** How many rounds a page holds its slot against others, counted from the last in which it was asked for. */
const LIFETIME = 2;

export interface PageCacheOptions {
  /** A power of two. */
  readonly slots: number;
  readonly pageSize: number;
  /** Where the pages are kept, `slots * pageSize` bytes, such as a part of a kernel's memory; otherwise memory of its own. */
  readonly storage?: Uint8Array;
}

/**
 * The pages as the receiver has them, which those that are dirty again are encoded against: one slot for all pages whose numbers are the
 * same modulo the number of slots. A generation is a round over the guest's memory and never goes down.
 */
export class PageCache {
  readonly slots: number;
  readonly pageSize: number;
  readonly storage: Uint8Array;
  /** The page in each slot; -1 in one that is empty. Not 32 bits: a page has one number over all blocks. */
  readonly #pages: Float64Array;
  readonly #generations: Float64Array;

  constructor({ slots, pageSize, storage = new Uint8Array(slots * pageSize) }: PageCacheOptions) {
    if (!(Number.isInteger(Math.log2(slots)) && slots >= 1)) throw new RangeError(`${slots} slots: they must be a power of two.`);
    if (storage.length !== slots * pageSize) {
      throw new RangeError(`The storage has ${storage.length} bytes; ${slots} pages of ${pageSize} need ${slots * pageSize}.`);
    }
    this.slots = slots;
    this.pageSize = pageSize;
    this.storage = storage;
    this.#pages = new Float64Array(slots).fill(-1);
    this.#generations = new Float64Array(slots);
  }

  /** Offset into `storage` of what is kept of a page, which holds its slot for longer now; undefined when it is not there. */
  find(page: number, generation: number): number | undefined {
    const slot = this.#slot(page);
    if (this.#pages[slot] !== page) return undefined;
    this.#generations[slot] = generation;
    return slot * this.pageSize;
  }

  /** Keeps a copy of a page, unless another that was asked for lately has the slot: then false. */
  insert(page: number, content: Uint8Array, generation: number): boolean {
    if (content.length !== this.pageSize) throw new RangeError(`A page of ${content.length} bytes; they have ${this.pageSize}.`);
    const slot = this.#slot(page);
    const other = this.#pages[slot] as number;
    if (other !== -1 && other !== page && (this.#generations[slot] as number) + LIFETIME > generation) return false;
    this.storage.set(content, slot * this.pageSize);
    this.#pages[slot] = page;
    this.#generations[slot] = generation;
    return true;
  }

  /** Forgets all pages, as at the start of another migration. */
  clear(): void {
    this.#pages.fill(-1);
  }

  #slot(page: number): number {
    if (!(Number.isSafeInteger(page) && page >= 0)) throw new RangeError(`There is no page ${page}.`);
    return page % this.slots;
  }
}
