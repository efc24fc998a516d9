import { type Evaluation, type Gathered, gather, NOTHING_GATHERED } from "./evaluation.ts";
import type { Policy } from "./policy.ts";

/** In per cent, by the names and with the defaults of QEMU's parameters. */
export interface Qemu25Options {
  /** throttle-trigger-threshold: more dirty than that of what was sent is a hit. */
  readonly trigger: number;
  /** cpu-throttle-initial */
  readonly initial: number;
  /** cpu-throttle-increment */
  readonly increment: number;
  /** cpu-throttle-tailslow: no more is added than what would make the guest just slow enough. */
  readonly tailslow: boolean;
  /** max-cpu-throttle */
  readonly max: number;
}

export const QEMU_25_DEFAULTS: Qemu25Options = { trigger: 50, initial: 20, increment: 10, tailslow: false, max: 99 };

export interface Qemu25State {
  readonly gathered: Gathered;
  readonly hits: number;
  readonly percent: number;
}

/** The auto-converge of today: each second hit takes more of the guest's time. A good period between two hits does not part them. */
export function qemu25(options: Qemu25Options = QEMU_25_DEFAULTS): Policy<Qemu25State> {
  return {
    name: "qemu-2.5",
    first: { gathered: NOTHING_GATHERED, hits: 0, percent: 0 },
    next: (before, period) => {
      const { gathered, evaluation } = gather(before.gathered, period);
      if (evaluation === undefined) return { ...before, gathered };
      const threshold = Math.floor((evaluation.sentBytes * options.trigger) / 100);
      const hits = before.hits + Number(!period.isBulk && evaluation.dirtyBytes > threshold);
      if (hits < HITS) return { ...before, gathered, hits };
      return { gathered, hits: 0, percent: nextPercent(options, before.percent, threshold, evaluation) };
    },
    slowing: ({ percent }) => (percent === 0 ? { by: "nothing" } : { by: "throttle", percent }),
  };
}

const HITS = 2;

function nextPercent(
  { initial, increment, tailslow, max }: Qemu25Options,
  now: number,
  threshold: number,
  { dirtyBytes }: Evaluation,
): number {
  if (now === 0) return clamp(initial);
  const left = 100 - now;
  const ideal = Math.floor(left * (threshold / dirtyBytes));
  return clamp(Math.min(now + (tailslow ? Math.min(left - ideal, increment) : increment), max));
}

function clamp(percent: number): number {
  return Math.min(Math.max(percent, 1), 99);
}
