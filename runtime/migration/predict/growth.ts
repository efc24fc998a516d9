import type { SpanLog } from "./spans.ts";
import { Union } from "./union.ts";

/** How many pages more than the whole log's are written to in a time longer than the log. */
export type Growth = (milliseconds: number) => number;

/**
 * New pages come on as they came at the log's end, ever fewer as those run out that are still to come. How many those are is told by how many
 * pages were seen in one epoch only, and in two (Chao's estimator).
 */
export function growthOf(log: SpanLog): Growth {
  const { epochs, milliseconds, pages, touched, count } = log;
  const slope =
    (newPages(
      log,
      epochs.map((_, at) => at),
    ) +
      newPages(
        log,
        epochs.map((_, at) => epochs.length - 1 - at),
      )) /
    2;
  const times = new Uint8Array(count);
  for (const { runs } of epochs)
    for (let at = 0; at < runs.length; at += 2)
      for (let span = runs[at] as number; span < (runs[at + 1] as number); span++) times[span] = Math.min(3, (times[span] as number) + 1);
  const seen = [0, 0, 0, 0];
  for (let span = 0; span < count; span++) seen[times[span] as number] = (seen[times[span] as number] as number) + (pages[span] as number);
  const [untouched = 0, once = 0, twice = 0] = seen;
  const unseen = Math.min(untouched, once ** 2 / (2 * twice + 1));
  if (slope === 0 || unseen < 1 || !touched.includes(1)) return () => 0;
  return (time) => (time <= milliseconds ? 0 : unseen * (1 - Math.exp((-slope * (time - milliseconds)) / unseen)));
}

/** Pages a ms that are new in the last quarter of the time, when the epochs follow in that order. */
function newPages(log: SpanLog, order: readonly number[]): number {
  const union = new Union(log);
  union.begin();
  let [time, before, since] = [0, 0, 0];
  for (const epoch of order) {
    union.add(epoch);
    time += log.epochs[epoch]?.milliseconds ?? 0;
    if (time <= log.milliseconds * 0.75) [before, since] = [union.pages, time];
  }
  return (union.pages - before) / (log.milliseconds - since);
}
