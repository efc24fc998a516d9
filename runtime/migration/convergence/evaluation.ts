import type { Period } from "./policy.ts";

/** What QEMU gathers between two evaluations: it evaluates at the first sync that comes more than a second after the evaluation before. */
export interface Gathered {
  /** When the last evaluation was, or the first sync; undefined before that. */
  readonly since: number | undefined;
  readonly dirtyPages: number;
  readonly sentBytes: number;
}

export interface Evaluation {
  readonly milliseconds: number;
  readonly dirtyPages: number;
  readonly dirtyBytes: number;
  readonly sentBytes: number;
}

export const NOTHING_GATHERED: Gathered = { since: undefined, dirtyPages: 0, sentBytes: 0 };

const MORE_THAN_MILLISECONDS = 1000;

export interface Step {
  readonly gathered: Gathered;
  /** Undefined when it is too early for one. */
  readonly evaluation: Evaluation | undefined;
}

export function gather(before: Gathered, period: Period): Step {
  const since = before.since ?? period.at - period.milliseconds;
  const dirtyPages = before.dirtyPages + period.dirtyPages;
  const sentBytes = before.sentBytes + period.sentBytes;
  const milliseconds = period.at - since;
  if (milliseconds <= MORE_THAN_MILLISECONDS) return { gathered: { since, dirtyPages, sentBytes }, evaluation: undefined };
  const evaluation = { milliseconds, dirtyPages, dirtyBytes: dirtyPages * period.pageSize, sentBytes };
  return { gathered: { since: period.at, dirtyPages: 0, sentBytes: 0 }, evaluation };
}
