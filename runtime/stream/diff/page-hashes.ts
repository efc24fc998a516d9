import { createHash } from "node:crypto";
import { PageKernel } from "../../ram/page-kernel.ts";

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
}

const ZEROS = new BigUint64Array(PIECE);

/** Hashes pages of one size; 0 is kept for pages that are all zero. */
export class PageHasher {
  readonly pageSize: number;
  readonly #kernel: PageKernel | undefined;
  readonly #at: number;

  constructor(pageSize: number) {
    this.pageSize = pageSize;
    const isUsual = Number.isInteger(Math.log2(pageSize)) && pageSize >= 0x400 && pageSize <= 0x10000;
    this.#kernel = isUsual ? new PageKernel({ bytes: pageSize, pageSize }) : undefined;
    this.#at = this.#kernel?.take(pageSize) ?? 0;
  }

  hash(page: Uint8Array): bigint {
    const kernel = this.#kernel;
    if (kernel === undefined) return page.every((byte) => byte === 0) ? 0n : first64(createHash("sha256").update(page).digest());
    kernel.bytes.set(page, this.#at);
    if (kernel.zero(this.#at)) return 0n;
    return kernel.hash(this.#at) || 1n;
  }
}

function first64(digest: Buffer): bigint {
  return digest.readBigUInt64LE(0) || 1n;
}
