import { createHash } from "node:crypto";

/** Pages whose hashes are kept in one piece of memory: 4 KiB, as much as a page that a hostile stream spends on it. */
const PIECE = 512;
const MOST_AT_ONCE = 64;

/** The hash of each page of a block, as two words; a page that is zero, or never came, has 0 and takes no memory. */
export class PageHashes {
  readonly #pieces = new Map<number, Uint32Array>();
  /** The piece that was set in last: pages mostly come in order. */
  #last: Uint32Array | undefined;
  #lastNumber = -1;
  #free = new Uint32Array(0);

  set(page: number, low: number, high: number): void {
    const number = Math.floor(page / PIECE);
    const piece = number === this.#lastNumber ? this.#last : this.#pieceOf(number, (low | high) === 0);
    if (piece === undefined) return;
    const at = 2 * (page % PIECE);
    piece[at] = low;
    piece[at + 1] = high;
  }

  /** Hashes of pages one behind the other, two words each. */
  setRun(first: number, words: Uint32Array): void {
    for (let at = 0; at < words.length; ) {
      const page = first + at / 2;
      const within = 2 * (page % PIECE);
      const part = words.subarray(at, at + 2 * PIECE - within);
      const isZero = part.every((word) => word === 0);
      this.#pieceOf(Math.floor(page / PIECE), isZero)?.set(part, within);
      at += part.length;
    }
  }

  #pieceOf(number: number, isZero: boolean): Uint32Array | undefined {
    let piece = this.#pieces.get(number);
    if (piece === undefined) {
      if (isZero) return undefined;
      piece = this.#newPiece();
      this.#pieces.set(number, piece);
    }
    this.#last = piece;
    this.#lastNumber = number;
    return piece;
  }

  /** Cut from memory for as many pieces as there are, up to a bound: each that is had by itself brings the garbage collector nearer. */
  #newPiece(): Uint32Array {
    if (this.#free.length === 0) this.#free = new Uint32Array(2 * PIECE * Math.min(Math.max(1, this.#pieces.size), MOST_AT_ONCE));
    const piece = this.#free.subarray(0, 2 * PIECE);
    this.#free = this.#free.subarray(2 * PIECE);
    return piece;
  }

  /** Calls back with each run of pages whose hashes are not the same, as far as `pages` go. */
  differing(other: PageHashes, pages: number, run: (first: number, count: number) => void): void {
    let [first, end] = [0, 0];
    for (const number of [...new Set([...this.#pieces.keys(), ...other.#pieces.keys()])].sort((a, b) => a - b)) {
      const [a, b] = [this.#pieces.get(number) ?? ZEROS, other.#pieces.get(number) ?? ZEROS];
      for (let at = 0; at < PIECE; at++) {
        const page = number * PIECE + at;
        if ((a[2 * at] === b[2 * at] && a[2 * at + 1] === b[2 * at + 1]) || page >= pages) continue;
        if (page !== end) {
          if (end > first) run(first, end - first);
          first = page;
        }
        end = page + 1;
      }
    }
    if (end > first) run(first, end - first);
  }

  /** One digest for all pages, the same however they came to be what they are. */
  digest(): string {
    const digest = createHash("sha256");
    for (const [number, piece] of [...this.#pieces].sort(([a], [b]) => a - b))
      if (piece.some((word) => word !== 0)) digest.update(`${number}:`).update(piece);
    return digest.digest("hex").slice(0, 32);
  }
}

const ZEROS = new Uint32Array(2 * PIECE);
