import type { RamBlock } from "../guest/guest.ts";

/** The pages that are still to be sent, and where in them the sender stands. One bitmap a block, as `Guest.syncDirty` fills them. */
export class DirtyPages {
  readonly bitmaps: readonly Uint32Array[];
  /** How many there are. */
  count = 0;
  readonly #blocks: readonly RamBlock[];
  #block = 0;
  /** Where the next page is looked for. */
  #page = 0;

  constructor(blocks: readonly RamBlock[]) {
    this.#blocks = blocks;
    this.bitmaps = blocks.map(bitmapOf);
  }

  /** All pages of all blocks. */
  addAll(): void {
    for (const [at, bitmap] of this.bitmaps.entries()) {
      const pages = pagesOf(this.#blocks[at] as RamBlock);
      bitmap.fill(-1, 0, pages >>> 5);
      if ((pages & 31) !== 0) bitmap[pages >>> 5] = 2 ** (pages & 31) - 1;
    }
    this.recount();
  }

  add(bitmaps: readonly Uint32Array[]): void {
    for (const [at, bitmap] of this.bitmaps.entries()) orInto(bitmap, bitmaps[at] as Uint32Array);
    this.recount();
  }

  /** To be called after others have changed the bitmaps. */
  recount(): void {
    this.count = this.bitmaps.reduce((sum, bitmap) => sum + bitsIn(bitmap), 0);
  }

  /**
   * Takes the next page in the order of blocks and pages, from where it stood; behind the last it begins at the first again, and gives
   * `undefined` once there: a pass over the memory has ended.
   */
  take(): { readonly block: number; readonly page: number } | undefined {
    for (; this.#block < this.bitmaps.length; this.#block++, this.#page = 0) {
      const bitmap = this.bitmaps[this.#block] as Uint32Array;
      // What became dirty behind the place is of the next pass: where it is not left to that, a pass might never end.
      for (let at = this.#page >>> 5, ahead = -1 << (this.#page & 31); at < bitmap.length; at++, ahead = -1) {
        const word = bitmap[at] as number;
        const rest = word & ahead;
        if (rest === 0) continue;
        const bit = rest & -rest;
        bitmap[at] = word ^ bit;
        this.count--;
        TAKEN.block = this.#block;
        TAKEN.page = at * 32 + (31 - Math.clz32(bit));
        this.#page = TAKEN.page + 1;
        return TAKEN;
      }
    }
    this.#block = 0;
    this.#page = 0;
    return undefined;
  }

  /** Takes a page out, as when it was sent out of turn; false when it is not there. */
  takeThis(block: number, page: number): boolean {
    const bitmap = this.bitmaps[block] as Uint32Array;
    const [word, bit] = [page >>> 5, 1 << (page & 31)];
    if (((bitmap[word] as number) & bit) === 0) return false;
    bitmap[word] = (bitmap[word] as number) & ~bit;
    this.count--;
    return true;
  }

  /** Goes on behind this page: where one was asked for, those behind it are likely to be. */
  moveTo(block: number, page: number): void {
    this.#block = block;
    this.#page = page;
  }
}

/** One object stands for page after page: there are hundreds of thousands a second. */
const TAKEN = { block: 0, page: 0 };

export function pagesOf({ size, pageSize }: RamBlock): number {
  return size / pageSize;
}

export function bitmapOf(block: RamBlock): Uint32Array {
  // Whole words of 64 bits, as kernels want them.
  return new Uint32Array(2 * Math.ceil(pagesOf(block) / 64));
}

export function orInto(into: Uint32Array, from: Uint32Array): void {
  for (let at = 0; at < from.length; at++) into[at] = (into[at] as number) | (from[at] as number);
}

export function bitsIn(bitmap: Uint32Array): number {
  let count = 0;
  for (let word of bitmap) {
    if (word === 0) continue;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}
