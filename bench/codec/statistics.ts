import { median } from "../measure.ts";

export interface Ratio {
  readonly median: number;
  /** Upper 95 % bound of the median; nothing when there are too few pairs to have one. */
  readonly bound: number | undefined;
}

/** Ratios of what was measured in the same round, so that a drift of the machine falls out. */
export function pairedRatio(times: readonly number[], reference: readonly number[]): Ratio {
  const ratios = times.map((time, round) => time / (reference[round] ?? Number.NaN));
  return { median: median(ratios), bound: upperBound(ratios) };
}

/**
 * One-sided, free of any assumption on the distribution: the smallest order statistic x(k) with P(Binomial(n, 1/2) < k) >= 0.95. For
 * 15 pairs that is the 12th value, and below 5 pairs there is none.
 */
function upperBound(values: readonly number[]): number | undefined {
  const n = values.length;
  let [below, chance] = [0, 0.5 ** n];
  for (let k = 1; k <= n; k++) {
    below += chance;
    if (below >= 0.95) return [...values].sort((a, b) => a - b)[k - 1];
    chance = (chance * (n - k + 1)) / k;
  }
  return undefined;
}
