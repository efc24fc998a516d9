import { type Gathered, gather, NOTHING_GATHERED } from "./evaluation.ts";
import type { Policy } from "./policy.ts";

/**
 * The first auto-converge, of 2013. Its own comment spoke of 50% more dirty than sent, and it tested for more than 50% of what was sent. Hits
 * need not follow each other: the count is cleared by the sixth alone, which begins the sleeps. They stay to the end.
 */
export const qemu16: Policy<Qemu16State> = {
  name: "qemu-1.6",
  first: { gathered: NOTHING_GATHERED, hasRate: false, hits: 0, doesSleep: false },
  next: (before, period) => {
    const { gathered, evaluation } = gather(before.gathered, period);
    if (evaluation === undefined) return { ...before, gathered };
    const { milliseconds, dirtyPages, dirtyBytes, sentBytes } = evaluation;
    const isHit = !period.isBulk && before.hasRate && dirtyBytes > Math.floor(sentBytes / 2);
    const fires = isHit && before.hits > FREE_HITS;
    return {
      gathered,
      hasRate: Math.floor((dirtyPages * 1000) / milliseconds) > 0,
      hits: fires ? 0 : before.hits + Number(isHit),
      doesSleep: before.doesSleep || fires,
    };
  },
  slowing: ({ doesSleep }) => (doesSleep ? { by: "sleeps", ms: 30, every: 40 } : { by: "nothing" }),
};

export interface Qemu16State {
  readonly gathered: Gathered;
  /** There was a dirty rate at the evaluation before: without one, and so at the first evaluation, nothing is a hit. */
  readonly hasRate: boolean;
  readonly hits: number;
  readonly doesSleep: boolean;
}

const FREE_HITS = 4;
