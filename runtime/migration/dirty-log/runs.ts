import { scanRuns } from "../../ram/dirty-scan.ts";
import type { GrowingBytes } from "./growing-bytes.ts";

/** Pages whose runs are looked for at once: a bound for the memory that this takes, a multiple of 32. */
const PIECE = 1 << 16;

/** Finds the runs of set bits in bitmaps, with memory that it keeps. */
export class RunFinder {
  readonly #edges = new Uint32Array(PIECE + 2);

  /** Calls for each run of the first `pages` bits, in order, with its first page and the page behind its last. */
  find(bitmap: Uint32Array, pages: number, call: (first: number, behind: number) => void): void {
    let [first, behind] = [0, 0];
    for (let from = 0; from < pages; from += PIECE) {
      const count = Math.min(PIECE, pages - from);
      const runs = scanRuns(bitmap.subarray(from / 32), count, this.#edges);
      for (let index = 0; index < runs; index++) {
        const next = from + (this.#edges[2 * index] as number);
        // A run may go on from the piece before.
        if (next !== behind) {
          if (behind > first) call(first, behind);
          first = next;
        }
        behind = from + (this.#edges[2 * index + 1] as number);
      }
    }
    if (behind > first) call(first, behind);
  }
}

/**
 * A run is twice the number of pages between it and the one before, plus 1 when it has more than one page, and then its pages less 2. A page
 * by itself takes one byte where one in 64 or more is dirty, and two down to one in 8192.
 */
export function writeRuns(finder: RunFinder, bitmap: Uint32Array, pages: number, into: GrowingBytes): void {
  let count = 0;
  finder.find(bitmap, pages, () => count++);
  into.varint(count);
  let before = 0;
  finder.find(bitmap, pages, (first, behind) => {
    const length = behind - first;
    into.varint((first - before) * 2 + (length > 1 ? 1 : 0));
    if (length > 1) into.varint(length - 2);
    before = behind;
  });
}
