/** Pages of a piece; a bit each. */
const PIECE = 1 << 15;
/** Pieces that are kept, 4 KiB each: they cover the pages of 4 TiB, and a stream that names pages at will takes no more. */
const MOST = 1 << 15;

interface Block {
  readonly pieces: Map<number, Uint32Array>;
  count: number;
}

interface Last {
  readonly name: string;
  readonly number: number;
  readonly block: Block;
  readonly piece: Uint32Array;
}

/** Which pages have come already. */
export class SeenPages {
  readonly #blocks = new Map<string, Block>();
  #pieces = 0;
  /** What was looked at last: pages mostly come in order. */
  #last: Last | undefined;

  /** True when the page is new; undefined when there are more than can be told apart. */
  add(name: string, page: number): boolean | undefined {
    const number = Math.floor(page / PIECE);
    const last = this.#find(name, number);
    if (last === undefined) return undefined;
    const { block, piece } = last;
    const word = (page % PIECE) >> 5;
    const bit = 1 << (page & 31);
    const isNew = ((piece[word] as number) & bit) === 0;
    piece[word] = (piece[word] as number) | bit;
    if (isNew) block.count++;
    return isNew;
  }

  /** The same of pages one behind the other: how many of them are new. */
  addRun(name: string, first: number, count: number): number | undefined {
    let found: number | undefined = 0;
    for (let page = first; page < first + count; ) {
      const bits = Math.min(32 - (page % 32), first + count - page);
      const last = this.#find(name, Math.floor(page / PIECE));
      if (last === undefined) found = undefined;
      else {
        const { block, piece } = last;
        const word = (page % PIECE) >> 5;
        const mask = (bits === 32 ? -1 : (1 << bits) - 1) << (page % 32);
        const isNew = ones(mask & ~(piece[word] as number));
        piece[word] = (piece[word] as number) | mask;
        block.count += isNew;
        if (found !== undefined) found += isNew;
      }
      page += bits;
    }
    return found;
  }

  #find(name: string, number: number): Last | undefined {
    if (this.#last?.name === name && this.#last.number === number) return this.#last;
    const block = this.#blocks.get(name) ?? { pieces: new Map<number, Uint32Array>(), count: 0 };
    this.#blocks.set(name, block);
    let piece = block.pieces.get(number);
    if (piece === undefined) {
      if (this.#pieces === MOST) return undefined;
      this.#pieces++;
      piece = new Uint32Array(PIECE / 32);
      block.pieces.set(number, piece);
    }
    this.#last = { name, number, block, piece };
    return this.#last;
  }

  /** How many of a block's pages have come. */
  count(name: string): number {
    return this.#blocks.get(name)?.count ?? 0;
  }

  /** The first page that has not. */
  firstMissing(name: string): number {
    const pieces = this.#blocks.get(name)?.pieces;
    for (let number = 0; ; number++) {
      const word = pieces?.get(number)?.findIndex((each) => ~each !== 0) ?? 0;
      const bits = pieces?.get(number)?.[word] ?? 0;
      // The lowest bit that is not set.
      if (word >= 0) return number * PIECE + 32 * word + (31 - Math.clz32(~bits & (bits + 1)));
    }
  }
}

/** Bits that are set: of each two, of each four, and so on. */
function ones(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  sum = (sum + (sum >>> 4)) & 0x0f0f0f0f;
  return Math.imul(sum, 0x01010101) >>> 24;
}
