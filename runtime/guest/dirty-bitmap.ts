/**
 * Pages that were written to, a bit each, in memory that the guest's threads share with whoever moves it.
 *
 * A page is marked behind the write, and read behind the exchange. `Atomics.or` is a full barrier: once the bit is seen the write is, too. For
 * that a page is marked even where a look would show that it is marked already: behind a plain look the write may still wait in the
 * processor's store buffer while the bit is taken and the page is read.
 */
export class DirtyBitmap {
  readonly words: Int32Array<SharedArrayBuffer>;

  /** `shared` is the memory of another thread's bitmap. */
  constructor(pages: number, shared = new SharedArrayBuffer(4 * bitmapWords(pages))) {
    this.words = new Int32Array(shared);
  }

  /** True when the page was clean. */
  mark(page: number): boolean {
    const bit = 1 << (page & 31);
    return (Atomics.or(this.words, page >>> 5, bit) & bit) === 0;
  }

  /** Adds what is marked to a bitmap and forgets it, word by word, each in one step. Gives how many pages were marked. */
  exchangeInto(into: Uint32Array): number {
    const { words } = this;
    if (into.length < words.length) throw new RangeError(`A bitmap of ${into.length} words, where there are ${words.length}.`);
    let pages = 0;
    for (let i = 0; i < words.length; i++) {
      // Most are clean; one that is marked behind this look is for the next time.
      if (words[i] === 0) continue;
      const taken = Atomics.exchange(words, i, 0);
      into[i] = (into[i] as number) | taken;
      pages += bitsOf(taken);
    }
    return pages;
  }

  clear(): void {
    for (let i = 0; i < this.words.length; i++) Atomics.store(this.words, i, 0);
  }
}

/** Words of 32 bits of a bitmap; even, as what works on pages takes words of 64. */
export function bitmapWords(pages: number): number {
  return 2 * Math.ceil(pages / 64);
}

function bitsOf(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
