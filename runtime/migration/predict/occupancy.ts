import type { SpanLog } from "./spans.ts";
import { Union } from "./union.ts";

/** Beginnings that are looked at; more say no more. */
const MOST_STARTS = 64;
/** Epochs up to so many times the short ones are short too. */
const SHORT = 1.3;

/**
 * Of the pages that are written to in `whole` ms, the share that is in a part of so many ms. A guest that goes through its memory in order
 * has half of them in half the time; one that writes to the same pages again and again has nearly all.
 */
export type Occupancy = (part: number, whole: number) => number;

/**
 * Measured: pages in windows of once, twice, four times … the length of the log's short epochs. What happens within those nobody has seen;
 * there it goes on as it would for pages that are each written to at one rate.
 */
export function occupancyOf(log: SpanLog): Occupancy {
  const { epochs } = log;
  const lengths = Float64Array.from(epochs, ({ milliseconds }) => milliseconds).sort();
  const shortest = lengths[Math.floor(lengths.length / 10)] ?? 1;
  const longest = lengths.at(-1) ?? 1;
  const windows = [shortest];
  while ((windows.at(-1) as number) < longest || windows.length < 2) windows.push((windows.at(-1) as number) * 2);
  const starts = epochs.flatMap(({ milliseconds }, at) => (milliseconds <= shortest * SHORT ? [at] : []));
  const step = Math.max(1, Math.floor(starts.length / MOST_STARTS));
  const sums = new Float64Array(windows.length);
  const union = new Union(log);
  for (let index = 0; index < starts.length; index += step) {
    const counts = countWindows(log, starts[index] as number, windows, union);
    counts?.forEach((count, at) => {
      sums[at] = (sums[at] as number) + count;
    });
  }
  const [first = 0, second = 0] = sums;
  if (first === 0) return (part, whole) => part / whole;
  // 1 where twice the time has twice the pages, 0 where it has no more.
  const rest = Math.min(1, Math.max(0, second / first - 1));
  const pagesIn = (milliseconds: number): number => {
    const place = Math.log2(milliseconds / shortest);
    if (place <= 0) return first * shareWithin(milliseconds / shortest, rest);
    const at = Math.min(Math.floor(place), sums.length - 2);
    const [below, above] = [sums[at] as number, sums[at + 1] as number];
    return below * (above / below) ** (place - at);
  };
  return (part, whole) => Math.min(1, Math.max(part / whole, pagesIn(part) / pagesIn(whole)));
}

function shareWithin(part: number, rest: number): number {
  if (rest > 0.999) return part;
  // No page is written to so often that it would be in any moment.
  return (1 - Math.max(rest, 1e-6) ** part) / (1 - Math.max(rest, 1e-6));
}

/** Undefined where the log ends before the longest window does. */
function countWindows(log: SpanLog, start: number, windows: readonly number[], union: Union): number[] | undefined {
  const counts: number[] = [];
  union.begin();
  let [time, pages] = [0, 0];
  for (let epoch = start; counts.length < windows.length; epoch++) {
    const next = log.epochs[epoch];
    if (next === undefined) return undefined;
    union.add(epoch);
    const end = time + next.milliseconds;
    for (let window = windows[counts.length]; window !== undefined && window <= end; window = windows[counts.length])
      counts.push(pages + ((union.pages - pages) * (window - time)) / next.milliseconds);
    // A short epoch is a little longer than the window that it stands for.
    [time, pages] = [end, union.pages];
  }
  return counts;
}
