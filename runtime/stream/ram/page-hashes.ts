import { createHash } from "node:crypto";

/** Pages whose hashes are kept in one piece of memory: 4 KiB, as much as a page that a hostile stream spends on it. */
const PIECE = 512;

/** The hash of each page of a block; a page that is zero, or never came, has 0 and takes no memory. */
export class PageHashes {
  readonly #pieces = new Map<number, BigUint64Array>();

  set(page: number, hash: bigint): void {
    const number = Math.floor(page / PIECE);
    let piece = this.#pieces.get(number);
    if (piece === undefined) {
      if (hash === 0n) return;
      piece = new BigUint64Array(PIECE);
      this.#pieces.set(number, piece);
    }
    piece[page % PIECE] = hash;
  }

  /** Calls back with each run of pages whose hashes are not the same, as far as `pages` go. */
  differing(other: PageHashes, pages: number, run: (first: number, count: number) => void): void {
    let [first, end] = [0, 0];
    for (const number of [...new Set([...this.#pieces.keys(), ...other.#pieces.keys()])].sort((a, b) => a - b)) {
      const [a, b] = [this.#pieces.get(number) ?? ZEROS, other.#pieces.get(number) ?? ZEROS];
      for (let at = 0; at < PIECE; at++) {
        const page = number * PIECE + at;
        if (a[at] === b[at] || page >= pages) continue;
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
      if (piece.some((hash) => hash !== 0n)) digest.update(`${number}:`).update(piece);
    return digest.digest("hex").slice(0, 32);
  }
}

const ZEROS = new BigUint64Array(PIECE);
