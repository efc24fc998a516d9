/**
 * What the connection takes, from windows of at least 100 ms. The first bytes go into the buffers of both ends, many times faster than all
 * that come after: one window is not believed, and bytes count when the destination has taken them, where it says so.
 */

/** Sums since the migration began, all read at one moment. */
export interface Progress {
  readonly at: number;
  /** Milliseconds in which there was nothing to send: such a window would say how much there was, not how much goes through. */
  readonly idle: number;
  readonly sentBytes: number;
  /** Undefined while the destination does not say. */
  readonly takenBytes: number | undefined;
}

export interface Bandwidth {
  /** Where the open window begins. */
  readonly from: Progress | undefined;
  /** Bytes a second in the last windows, two at most. */
  readonly rates: readonly number[];
}

export const UNMEASURED: Bandwidth = { from: undefined, rates: [] };

const WINDOW_MILLISECONDS = 100;
/** Less says how fast pages were found rather than how fast they go. */
const WINDOW_BYTES = 1 << 16;
/**
 * Two windows agree when one is at most that much faster. The pause is reckoned with 1/1.25 of the slower one's rate (switchover.ts), so a rate
 * that falls as much again as between the two still keeps the limit.
 */
export const AGREEING = 1.25;

/** May be called at any time: a window ends with the first call in which it is long enough. */
export function measure(bandwidth: Bandwidth, now: Progress): Bandwidth {
  const { from, rates } = bandwidth;
  if (from === undefined) return { from: now, rates };
  const milliseconds = now.at - now.idle - (from.at - from.idle);
  const bytes = Math.min(now.sentBytes - from.sentBytes, takenBetween(from, now));
  if (milliseconds < WINDOW_MILLISECONDS || bytes < WINDOW_BYTES) return bandwidth;
  return { from: now, rates: [...rates.slice(-1), (bytes / milliseconds) * 1000] };
}

function takenBetween(from: Progress, now: Progress): number {
  return from.takenBytes === undefined || now.takenBytes === undefined ? Number.POSITIVE_INFINITY : now.takenBytes - from.takenBytes;
}

/**
 * Undefined before there are two windows. Where they do not agree, less than either: what the next would be if the rate fell once more as much
 * as they differ. So a connection that varies asks for a smaller rest, and not for ever: a guest that has nothing more to send makes no windows.
 */
export function bytesPerSecond({ rates }: Bandwidth): number | undefined {
  const [one, other] = rates;
  if (one === undefined || other === undefined) return undefined;
  const slower = Math.min(one, other);
  return slower * Math.min(1, (AGREEING * slower) / Math.max(one, other));
}
