import { expect, test } from "vitest";
import type { Policy } from "./policy.ts";
import { type RealRun, realRuns } from "./proof/real-run.ts";
import { type Replay, replay } from "./proof/replay.ts";
import { type Qemu25State, qemu25 } from "./qemu-2.5.ts";

const RUNS = realRuns();

/**
 * By run: passes whose record was read in the middle of the sync and shows the throttling before it, and passes for which the records do not
 * say whether 1000 ms had gone by since the last evaluation.
 */
const EARLY: Readonly<Record<number, readonly number[]>> = { 5: [11], 7: [5, 13], 8: [13, 19], 10: [9] };
const UNDECIDED: Readonly<Record<number, readonly number[]>> = { 1: [4], 6: [7], 7: [14, 15, 16, 17], 10: [16] };

test.each(RUNS.map((run, nth) => ({ nth, run, title: `${run.name}, ${run.guest}` })))("A4.3: run $nth, $title", ({ nth, run }) => {
  const replayed = replay(run, qemu25(run.options));
  console.log(told(nth, run, replayed));
  expect(replayed.percents).toBeDefined();
  expect(replayed.early).toEqual(EARLY[nth] ?? []);
  expect(replayed.undecided).toEqual(UNDECIDED[nth] ?? []);
  expect(replayed.percents?.filter((_, at) => !replayed.early.includes(passAt(run, at)))).toEqual(
    seenIn(run).filter((_, at) => !replayed.early.includes(passAt(run, at))),
  );
});

function seenIn({ passes }: RealRun): readonly number[] {
  return passes.slice(1).map(({ throttle_pct }) => throttle_pct);
}

function passAt({ passes }: RealRun, nth: number): number {
  return passes[nth + 1]?.pass ?? 0;
}

function told(nth: number, run: RealRun, { percents, early, undecided }: Replay): string {
  const lines = [`run ${nth}, ${run.name}, ${run.guest}, from pass 2 on`, `  QEMU   ${seenIn(run)}`, `  policy ${percents}`];
  for (const pass of early)
    lines.push(`  pass ${pass}: the record shows the sync counted and not yet evaluated: what came with it is in the next`);
  for (const pass of undecided)
    lines.push(
      `  pass ${pass}: whether 1000 ms had gone by since the last evaluation is not in the records, which are up to 100 ms late; both were tried`,
    );
  return lines.join("\n");
}

test("A4.3: 20, 20, 30, 30, 40 ... as the reference run was throttled", () => {
  const run = RUNS[5];
  if (run === undefined) throw new Error("there is no such run");
  expect(seenIn(run)).toEqual([0, 20, 20, 30, 30, 40, 40, 50, 50, 50, 60, 60, 70, 70, 70]);
  // The tenth is the record of pass 11, read in the middle of its sync; the next shows that 60 came with it.
  expect(replay(run, qemu25(run.options)).percents).toEqual([0, 20, 20, 30, 30, 40, 40, 50, 50, 60, 60, 60, 70, 70, 70]);
});

/** Rules that are not QEMU's, to show that the records would tell. */
const WRONG: readonly (readonly [string, (run: RealRun) => Policy<Qemu25State>])[] = [
  ["one hit is enough", (run) => changed(run, (next) => (state, period) => next({ ...state, hits: 1 }, period))],
  [
    "evaluations are two seconds apart",
    (run) =>
      changed(run, (next) => (state, period) => next(state, { ...period, at: period.at / 2, milliseconds: period.milliseconds / 2 })),
  ],
  ["150% of what was sent is a hit", ({ options }) => qemu25({ ...options, trigger: 150 })],
  ["the increment is 15", ({ options }) => qemu25({ ...options, increment: 15 })],
  ["it begins with 30", ({ options }) => qemu25({ ...options, initial: 30 })],
  ["tailslow", ({ options }) => qemu25({ ...options, tailslow: true })],
  ["it ends at 80", ({ options }) => qemu25({ ...options, max: 80 })],
];

type Next = Policy<Qemu25State>["next"];

function changed({ options }: RealRun, change: (next: Next) => Next): Policy<Qemu25State> {
  const policy = qemu25(options);
  return { ...policy, next: change(policy.next) };
}

test.each(WRONG)("A4.3: the heavy run of 46 passes does not fit a rule by which %s", (_, wrong) => {
  const run = RUNS[8];
  if (run === undefined) throw new Error("there is no such run");
  expect(replay(run, wrong(run)).percents).toBeUndefined();
});
