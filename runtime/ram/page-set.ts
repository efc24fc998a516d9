/** Pages of a piece; a bit each. Small, as a hostile stream may name pages far apart. */
const PIECE = 1 << 10;
/** Most pieces that are kept: the pages of 4 TiB. */
const MOST = 1 << 20;

/** A set of page numbers that takes memory where it has any. */
export class PageSet {
  readonly #pieces = new Map<number, Uint32Array>();
  #size = 0;

  /** True when the page is new; undefined when the set is full. */
  add(page: number): boolean | undefined {
    const number = Math.floor(page / PIECE);
    let piece = this.#pieces.get(number);
    if (piece === undefined) {
      if (this.#pieces.size === MOST) return undefined;
      piece = new Uint32Array(PIECE / 32);
      this.#pieces.set(number, piece);
    }
    const [word, bit] = [(page % PIECE) >> 5, 1 << (page & 31)];
    const isNew = ((piece[word] as number) & bit) === 0;
    if (isNew) this.#size++;
    piece[word] = (piece[word] as number) | bit;
    return isNew;
  }

  has(page: number): boolean {
    const piece = this.#pieces.get(Math.floor(page / PIECE));
    return piece !== undefined && (((piece[(page % PIECE) >> 5] as number) >>> (page & 31)) & 1) === 1;
  }

  clear(): void {
    this.#pieces.clear();
    this.#size = 0;
  }

  get size(): number {
    return this.#size;
  }

  /** Ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (const number of [...this.#pieces.keys()].sort((a, b) => a - b))
      for (let page = number * PIECE; page < (number + 1) * PIECE; page++) if (this.has(page)) yield page;
  }
}
