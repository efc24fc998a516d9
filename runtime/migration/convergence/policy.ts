/** What was measured between two looks at the dirty bitmap. */
export interface Period {
  /** Its end, in ms since the migration began. */
  readonly at: number;
  readonly milliseconds: number;
  /** The pass over the guest's memory in which it ends; 1 is the first. */
  readonly pass: number;
  /** Pages that became dirty in it and were not before: the bits that its sync added, not all that the sync found. */
  readonly dirtyPages: number;
  readonly pageSize: number;
  /** Bytes that were sent in it. */
  readonly sentBytes: number;
  /** Pages that are still to be sent at its end. */
  readonly remainingPages: number;
  /** Bytes a second that the connection takes, by the last measurements; undefined until there is one. */
  readonly bandwidth: number | undefined;
  /** Pages that the pause has time for, as switchover.ts reckons; undefined with the bandwidth. */
  readonly pausePages: number | undefined;
  /** While disks are copied for the first time, dirty memory says nothing. */
  readonly isBulk: boolean;
}

/** How a guest is slowed down. */
export type Slowing =
  | { readonly by: "nothing" }
  /** Every thread sleeps so many ms, at most once in `every`. */
  | { readonly by: "sleeps"; readonly ms: number; readonly every: number }
  /** Every thread loses that share of its time. */
  | { readonly by: "throttle"; readonly percent: number }
  /** Pages that may become dirty in a second. */
  | { readonly by: "writers"; readonly pagesPerSecond: number };

/** What makes a migration end that would not by itself: a pure function over what was measured. */
export interface Policy<S> {
  readonly name: string;
  readonly first: S;
  readonly next: (state: S, period: Period) => S;
  readonly slowing: (state: S) => Slowing;
}
