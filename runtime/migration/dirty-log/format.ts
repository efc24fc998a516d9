// The format of a dirty log; FORMAT.md describes it.

/** With a line's end in it, so that a file that was sent as text is known at once. */
export const MAGIC = Uint8Array.of(0x56, 0x4d, 0x44, 0x49, 0x52, 0x54, 0x59, 0x0a);
export const VERSION = 1;

/** What a record is, by its first byte. */
export const RECORD = { zero: 0x01, epoch: 0x02, end: 0x03 } as const;

/** Pages are numbered over all blocks, in 32 bits: 16 TiB. */
export const MOST_PAGES = 2 ** 32 - 1;
/** RAM blocks of one machine; real ones have some dozens. */
export const MOST_BLOCKS = 4096;
/** Half a day of epochs of 10 ms. */
export const MOST_EPOCHS = 2 ** 22;
export const MAX_PAGE_SIZE = 1 << 30;

/** A block of RAM in a log. */
export interface LoggedBlock {
  readonly id: string;
  readonly pages: number;
  /** Its first page, when pages are numbered over all blocks. */
  readonly firstPage: number;
}

/** Runs of pages, as the first of each and the page behind its last; ascending, and apart from each other. */
export type Runs = Uint32Array;

export interface Epoch {
  /** Its end, in ms since the log began. */
  readonly at: number;
  readonly milliseconds: number;
  /** Pages that were written to in it, numbered over all blocks. */
  readonly runs: Runs;
}

/** The log ended as it was meant to, or reads no further than an offset. */
export type LogEnd = "ended" | { readonly code: "cut" | "damaged"; readonly at: number; readonly message: string };

export interface DirtyLog {
  readonly pageSize: number;
  readonly blocks: readonly LoggedBlock[];
  /** Pages of all blocks. */
  readonly pages: number;
  /** Pages that held zeros only when the log began; undefined when nobody looked. */
  readonly zero: Runs | undefined;
  readonly epochs: readonly Epoch[];
  readonly end: LogEnd;
}

export function countPages(runs: Runs): number {
  let pages = 0;
  for (let at = 0; at < runs.length; at += 2) pages += (runs[at + 1] as number) - (runs[at] as number);
  return pages;
}
