import type { DirtyLog } from "../dirty-log/format.ts";
import { type PredictOptions, predictFrom } from "./predict.ts";
import { replayed } from "./replay.ts";
import { spansOf } from "./spans.ts";

/** Few, as it is one of many questions that are asked of them. */
const REPLAYS = 5;
/** The answer is good to this factor. */
const PRECISION = 1.03;
const MOST = 2 ** 40;

/** Bytes a second from which on a move ends; undefined when none that there is would do. */
export function minimumBandwidth(log: DirtyLog, options: Omit<PredictOptions, "bandwidth">): number | undefined {
  const spans = spansOf(log, options.zeroPages);
  if (spans.epochs.length === 0) return undefined;
  const known = replayed(spans);
  const ends = (bandwidth: number): boolean => predictFrom(known, { ...options, bandwidth, replays: REPLAYS }).ends;
  let [low, high] = [1, 2 ** 20];
  while (!ends(high)) {
    if (high >= MOST) return undefined;
    [low, high] = [high, high * 4];
  }
  while (high / low > PRECISION) {
    const between = Math.sqrt(low * high);
    if (ends(between)) high = between;
    else low = between;
  }
  return high;
}
