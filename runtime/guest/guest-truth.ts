import type { Verdict } from "./verify-ram.ts";

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
