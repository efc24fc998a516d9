/**
 * Ours. Passes cost the guest nothing as long as the dirty set shrinks fast enough. Once a pass shows that it will not, writers are let make
 * only so many clean pages dirty that the next pass leaves no more than the pause has time for: a pass over R pages at B pages a second takes
 * R / B, so for a rest of T pages that is T * B / R pages a second, more with each pass as R shrinks. Reading costs nothing, nor does writing
 * to what is dirty already.
 *
 * Why not gentler for longer? A guest that wants to make D pages dirty a second and may make L goes without D - L for (R - T) / (B - L): where
 * D > B that grows with L. A milder limit takes more work from it in the end.
 */
import { pageCost } from "./page-cost.ts";
import type { Period, Policy } from "./policy.ts";

export interface WriterLimitOptions {
  /** When the migration should be over, in ms since it began; only as good as the connection lets it be. */
  readonly endBy?: number;
}

export interface WriterLimitState {
  /** The last pass of which a period was seen. */
  readonly pass: number;
  /** The pass that the next judgement compares with; undefined before the first has ended. */
  readonly judged: Judged | undefined;
  /** Undefined until the guest has to be limited; from then on to the end. */
  readonly pagesPerSecond: number | undefined;
}

interface Judged {
  readonly pass: number;
  readonly at: number;
  readonly remainingPages: number;
}

export function writerLimit({ endBy = Number.POSITIVE_INFINITY }: WriterLimitOptions = {}): Policy<WriterLimitState> {
  return {
    name: "writer-limit",
    first: { pass: 0, judged: undefined, pagesPerSecond: undefined },
    next: ({ pass, judged, pagesPerSecond }, period) => {
      const isJudged = period.pass > pass && (judged === undefined || period.at - judged.at >= period.at * LEAST_JUDGED);
      const measured = measuredIn(period);
      const begins = isJudged && !period.isBulk && measured !== undefined && !endsByItself(judged, measured, endBy);
      const isLimited = pagesPerSecond !== undefined || begins;
      return {
        pass: period.pass,
        judged: isJudged ? period : judged,
        pagesPerSecond: isLimited && measured !== undefined ? limit(measured, endBy) : pagesPerSecond,
      };
    },
    slowing: ({ pagesPerSecond }) => (pagesPerSecond === undefined ? { by: "nothing" } : { by: "writers", pagesPerSecond }),
  };
}

/** Of the time so far: passes that are shorter, as the last ones are, are judged several together, since by chance one may not shrink. */
const LEAST_JUDGED = 1 / 8;

/** In pages and pages a second. */
interface Measured {
  readonly pass: number;
  readonly at: number;
  readonly remaining: number;
  readonly pause: number;
  readonly bandwidth: number;
}

function measuredIn({ pass, at, remainingPages, pausePages, bandwidth, pageSize }: Period): Measured | undefined {
  if (bandwidth === undefined || pausePages === undefined) return undefined;
  return { pass, at, remaining: remainingPages, pause: pausePages, bandwidth: bandwidth / pageCost(pageSize) };
}

/**
 * How many times as long as the migration has taken so far a guest that shrinks by itself is waited for. One that is too fast shows a share of
 * nearly one from pass to pass and is not; one that is but a little slower than the connection would lose more by a limit than it gains.
 */
const PATIENCE = 3;

/**
 * Passes that each leave the same share of the one before sum up to a known time. The first pass sends what the guest never writes to as well:
 * it says nothing yet.
 */
function endsByItself(before: Judged | undefined, now: Measured, endBy: number): boolean {
  const left = endBy - now.at;
  if (before === undefined) return seconds(now.remaining, now) * 1000 <= left;
  const excess = now.remaining - now.pause;
  if (excess <= 0) return true;
  const share = (now.remaining / before.remainingPages) ** (1 / (now.pass - before.pass));
  return share < 1 && (seconds(excess, now) / (1 - share)) * 1000 <= Math.min(PATIENCE * now.at, left);
}

function seconds(pages: number, { bandwidth }: Measured): number {
  return pages / bandwidth;
}

/** Of what the pause has time for: pages become dirty between the last look and the pause, and a limit is not kept to the page. */
const AIM = 0.9;
/**
 * Of the bandwidth: less would all but stop writers for as long as a large guest takes to send. Each pass then leaves a sixteenth of the one
 * before, so it ends all the same, a fifteenth later.
 */
const LEAST = 1 / 16;

function limit(now: Measured, endBy: number): number {
  const aim = AIM * now.pause;
  const inOnePass = (now.bandwidth * aim) / Math.max(now.remaining, aim);
  const isLate = seconds(now.remaining * (1 + LEAST), now) * 1000 > endBy - now.at;
  return isLate ? inOnePass : Math.max(inOnePass, now.bandwidth * LEAST);
}
