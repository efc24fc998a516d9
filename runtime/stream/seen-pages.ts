/** Pages of a piece; a bit each. */
const PIECE = 1 << 15;
/** Pieces that are kept, 4 KiB each: they cover the pages of 4 TiB, and a stream that names pages at will takes no more. */
const MOST = 1 << 15;

/** Which pages have come already. */
export class SeenPages {
  readonly #pieces = new Map<string, Map<number, Uint32Array>>();
  #count = 0;
  /** The piece that was looked at last: pages mostly come in order. */
  #last: { readonly block: string; readonly number: number; readonly piece: Uint32Array } | undefined;

  /** True when the page is new; undefined when there are more than can be told apart. */
  add(block: string, page: number): boolean | undefined {
    const number = Math.floor(page / PIECE);
    const piece = this.#last?.block === block && this.#last.number === number ? this.#last.piece : this.#pieceOf(block, number);
    if (piece === undefined) return undefined;
    const word = (page % PIECE) >> 5;
    const bit = 1 << (page & 31);
    const isNew = ((piece[word] as number) & bit) === 0;
    piece[word] = (piece[word] as number) | bit;
    return isNew;
  }

  #pieceOf(block: string, number: number): Uint32Array | undefined {
    const pieces = this.#pieces.get(block) ?? new Map<number, Uint32Array>();
    let piece = pieces.get(number);
    if (piece === undefined) {
      if (this.#count === MOST) return undefined;
      this.#count++;
      piece = new Uint32Array(PIECE / 32);
      this.#pieces.set(block, pieces.set(number, piece));
    }
    this.#last = { block, number, piece };
    return piece;
  }
}
