/**
 * Asks a policy for the throttling that a real run showed at each pass. The records leave two things open, and only these are tried both ways:
 * - When the sync was: a record comes up to 100 ms after it, which matters where that decides whether an evaluation was due (1000 ms).
 * - Whether the record was read before the evaluation that belongs to its sync, as QEMU counts a sync when it begins and evaluates at its end.
 *   That is believed only of records whose dirty rate is still the one before, or that follow on one: a rate that is new is of an evaluation
 *   that is over.
 */
import type { Period, Policy } from "../policy.ts";
import type { Qemu25State } from "../qemu-2.5.ts";
import type { RealRun, SeenPass } from "./real-run.ts";

const LATE_MILLISECONDS = 100;
const PAGE = 4096;

/** One way in which the run can have been. */
interface Way {
  readonly state: Qemu25State;
  readonly at: number;
  readonly percents: readonly number[];
  /** Passes whose record shows the throttling of the evaluation before. */
  readonly early: readonly number[];
}

export interface Replay {
  /** The policy's throttling after each pass from the second on, in the way with the fewest early records; undefined if none fits. */
  readonly percents: readonly number[] | undefined;
  readonly early: readonly number[];
  /** Passes for which the records do not say whether an evaluation was due. */
  readonly undecided: readonly number[];
}

export function replay({ passes }: RealRun, policy: Policy<Qemu25State>): Replay {
  const [first, ...rest] = passes;
  let ways: readonly Way[] = [{ state: policy.first, at: (first?.t_s ?? 0) * 1000, percents: [], early: [] }];
  const undecided: number[] = [];
  rest.forEach((seen, nth) => {
    const mayBeEarly = isRateOld(passes, nth + 1) || isRateOld(passes, nth);
    const next = ways.flatMap((way) => [0, LATE_MILLISECONDS].map((late) => step(policy, way, seen, late)));
    if (new Set(next.map(({ state }) => state.gathered.sentBytes === 0)).size > 1) undecided.push(seen.pass);
    ways = distinct(next.flatMap((way) => fitting(way, seen, mayBeEarly)));
  });
  const best = ways[0];
  return { percents: best?.percents, early: best?.early ?? [], undecided };
}

function isRateOld(passes: readonly SeenPass[], nth: number): boolean {
  return passes[nth]?.dirty_pages_per_s === passes[nth - 1]?.dirty_pages_per_s;
}

function step(policy: Policy<Qemu25State>, way: Way, seen: SeenPass, late: number): Way {
  const at = seen.t_s * 1000 - late;
  const seconds = (at - way.at) / 1000;
  const period: Period = {
    at,
    milliseconds: at - way.at,
    pass: seen.pass - 1,
    dirtyPages: seen.dirty_pages_per_s * seconds,
    pageSize: PAGE,
    sentBytes: (seen.mbit_per_s * 1e6 * seconds) / 8,
    remainingPages: seen.remaining_bytes / PAGE,
    bandwidth: undefined,
    pausePages: undefined,
    isBulk: false,
  };
  const state = policy.next(way.state, period);
  return { state, at, percents: [...way.percents, state.percent], early: way.early };
}

function fitting(way: Way, seen: SeenPass, mayBeEarly: boolean): readonly Way[] {
  const before = way.percents.at(-2) ?? 0;
  if (way.state.percent === seen.throttle_pct) return [way];
  return mayBeEarly && before === seen.throttle_pct ? [{ ...way, early: [...way.early, seen.pass] }] : [];
}

/** One of each that goes on differently, first those with the fewest early records. */
function distinct(ways: readonly Way[]): readonly Way[] {
  const byFuture = new Map<string, Way>();
  for (const way of ways.toSorted((one, other) => one.early.length - other.early.length)) {
    const { hits, percent, gathered } = way.state;
    const key = [hits, percent, gathered.since, way.at].join();
    if (!byFuture.has(key)) byFuture.set(key, way);
  }
  return [...byFuture.values()];
}
