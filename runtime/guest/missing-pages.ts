import { bitmapWords } from "./dirty-bitmap.ts";

/** Words before the bitmaps: the first says whether any page may be missing, on a cache line that nobody writes to while the guest runs. */
const HEAD = 32;

/**
 * Pages that a guest has not got yet, in memory that its threads share with whoever places them: a bit for each that is missing, and one for
 * each that a thread has asked for. A thread that waits sleeps elsewhere: it has more to be woken for.
 */
export class MissingPages {
  readonly words: Int32Array<SharedArrayBuffer>;
  /** Where the bits of what was asked for begin. */
  readonly #asked: number;

  /** `shared` is the memory of another thread's. */
  constructor(pages: number, shared = new SharedArrayBuffer(4 * (HEAD + 2 * bitmapWords(pages)))) {
    this.words = new Int32Array(shared);
    this.#asked = HEAD + bitmapWords(pages);
  }

  /** To be called while no thread runs. */
  start(missing: Uint32Array): void {
    this.words.fill(0);
    this.words.set(missing.subarray(0, this.#asked - HEAD), HEAD);
    Atomics.store(this.words, 0, 1);
  }

  has(page: number): boolean {
    if (Atomics.load(this.words, 0) === 0) return false;
    return (Atomics.load(this.words, HEAD + (page >>> 5)) & (1 << (page & 31))) !== 0;
  }

  /**
   * Whether a thread must wait for a page before it touches it. The first that must asks for it. A thread looks again behind that: whoever
   * places the page has either seen then that somebody asks, or was before the second look.
   */
  mustWait(page: number, ask: (page: number) => void): boolean {
    if (!this.has(page)) return false;
    const bit = 1 << (page & 31);
    if ((Atomics.or(this.words, this.#asked + (page >>> 5), bit) & bit) === 0) ask(page);
    return this.has(page);
  }

  /** The page is there. True when somebody may wait for it. */
  place(page: number): boolean {
    const [word, bit] = [page >>> 5, 1 << (page & 31)];
    Atomics.and(this.words, HEAD + word, ~bit);
    return (Atomics.load(this.words, this.#asked + word) & bit) !== 0;
  }

  /** All pages are there. */
  end(): void {
    Atomics.store(this.words, 0, 0);
  }
}
