import type { Wrong } from "./page-pattern.ts";

/** What a guest of our own knows beside being one. But for the stall, ask while it is paused. */
export interface GuestTruth {
  /** The longest time in which it did not tick, and when that began on CLOCK_MONOTONIC, in ms. Across a move as well. */
  readonly stall: () => { readonly largestGapMs: number; readonly at: number };
  readonly resetStall: () => void;
  /** How often each page of the main block was written to; of a guest that came from elsewhere 0 for those that it has not written to here. */
  readonly truth: Uint32Array;
  /** Holds RAM against that, or against the truth of the guest that it was moved from and has not run since. */
  readonly verify: (truth?: Uint32Array) => Verdict;
  readonly truthDigest: () => readonly BlockDigest[];
}

export interface BlockDigest {
  readonly id: string;
  /** FORMAT.md, Page hash; one a page. */
  readonly hashes: BigUint64Array;
  /** SHA-256 of them all, hex. */
  readonly digest: string;
}

export interface BadPage {
  readonly page: number;
  readonly why: Wrong;
  /** How often it was written to, as it says itself; of a workload that writes bytes, its first byte. */
  readonly found: number;
  readonly expected: number;
}

export interface Verdict {
  /** Pages that were looked at. */
  readonly pages: number;
  /** The first of those that are wrong. */
  readonly bad: readonly BadPage[];
  readonly badPages: number;
  /**
   * Writes that the guest counts and no page shows: 0 also after a move, unless one was lost. Of a workload that writes bytes every page
   * follows from the guest's count, and this is 0.
   */
  readonly lostWrites: bigint;
}
