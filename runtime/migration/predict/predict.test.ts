import { expect, test } from "vitest";
import type { Slowing } from "../convergence/policy.ts";
import { minimumBandwidth } from "./minimum-bandwidth.ts";
import { EmptyLogError, type Prediction, predict } from "./predict.ts";
import { logOfWorkload } from "./proof/record.ts";
import { type TrueMove, trueMove } from "./proof/true-move.ts";
import { createWorkload, KINDS, type Kind } from "./proof/workload.ts";
import { createRandom } from "./random.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
/** When it is set, each move has a line. */
const ROUNDS = process.env.VMSTATE_PREDICTIONS;

interface Case {
  readonly kind: Kind;
  readonly setting: string;
  readonly predicted: Prediction;
  readonly truth: TrueMove;
}

const PAGES = 16384;
const FIXED = { fixed: 10, parking: 1 };

/** A guest of 64 MiB is logged for so many seconds, goes on for a while that nobody logs, and is moved. */
function draw(index: number, { seconds, knowsWhen }: { readonly seconds: number; readonly knowsWhen: boolean }): Case {
  const random = createRandom(SEED * 1000 + index);
  const kind = KINDS[index % KINDS.length] as Kind;
  const zeroPages = Math.floor((random() * PAGES) / 2);
  const pages = Math.floor(PAGES * (0.02 + 0.4 * random()));
  const first = Math.floor(random() * (PAGES - pages));
  const bandwidth = 2 ** (24 + 3 * random());
  const rate = kind === "idle" ? 20 : kind === "byte-a-page" ? 100_000 : ((0.05 + 1.2 * random()) * bandwidth) / 4104;
  const downtimeLimit = [50, 100, 300][Math.floor(random() * 3)] as number;
  const guest = createWorkload({ kind, first, pages, rate, seed: SEED * 1000 + index });
  const log = logOfWorkload(guest, { pages: PAGES, zeroPages, milliseconds: seconds * 1000, periods: [20] });
  const after = random() * (knowsWhen ? 200 : 5000);
  guest.run(after, () => undefined);
  const when = knowsWhen ? { after } : {};
  const predicted = predict(log, { bandwidth, downtimeLimit, ...FIXED, ...when, replays: 30, within: 20_000 });
  const truth = trueMove(guest, { pages: PAGES, zeroPages, bandwidth, downtimeLimit, ...FIXED, within: 20_000 });
  const setting = `${pages} pages, ${Math.round(rate)}/s, ${(bandwidth / 2 ** 20).toFixed(0)} MiB/s, ${downtimeLimit} ms`;
  return { kind, setting, predicted, truth };
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
const percent = (value: number): string => `${(value * 100).toFixed(1)}%`.padStart(7);

interface Errors {
  readonly kind: string;
  readonly moves: number;
  readonly wrong: number;
  readonly times: readonly number[];
  readonly downtimes: readonly number[];
  /** Share of the moves whose time is in the interval that was given. */
  readonly covered: number;
}

function errorsOf(kind: string, cases: readonly Case[]): Errors {
  const own = cases.filter((each) => kind === "all" || each.kind === kind);
  const both = own.filter(({ predicted, truth }) => predicted.ends && truth.ends);
  const off = (predicted: number | undefined, truth: number): number => Math.abs((predicted ?? Infinity) - truth) / truth;
  const inside = both.filter(({ predicted: { confidence }, truth: { milliseconds } }) => {
    const [low, high] = confidence.milliseconds;
    return milliseconds >= low * 0.99 && milliseconds <= high * 1.01;
  });
  return {
    kind,
    moves: own.length,
    wrong: own.filter(({ predicted, truth }) => predicted.ends !== truth.ends).length,
    times: both.map(({ predicted, truth }) => off(predicted.milliseconds, truth.milliseconds)),
    downtimes: both.map(({ predicted, truth }) => off(predicted.downtime, truth.downtime)),
    covered: inside.length / both.length,
  };
}

function print(title: string, cases: readonly Case[]): void {
  console.log(`${title}; seed ${SEED}`);
  console.log("guest         moves  ended  wrong | time: median     p95     max | downtime: median     p95     max | in interval");
  for (const each of [...KINDS, "all"]) {
    const { moves, wrong, times, downtimes, covered } = errorsOf(each, cases);
    const [time, downtime] = [times, downtimes].map((values) => [0.5, 0.95, 1].map((share) => percent(quantile(values, share))).join(" "));
    const counts = `${each.padEnd(13)} ${`${moves}`.padStart(5)}  ${`${times.length}`.padStart(5)}  ${`${wrong}`.padStart(5)}`;
    console.log(`${counts} |      ${time} |          ${downtime} | ${percent(covered)}`);
  }
  if (ROUNDS === undefined) return;
  for (const { kind, setting, predicted, truth } of cases) {
    const { milliseconds, downtime, passes, confidence } = predicted;
    const told = `${milliseconds.toFixed(0)}/${downtime?.toFixed(0)} ms in ${passes}; ${confidence.ends.toFixed(2)} of ${confidence.replays} end`;
    const was = `${truth.ends ? "" : "no end: "}${truth.milliseconds.toFixed(0)}/${truth.downtime.toFixed(0)} ms in ${truth.passes}`;
    console.log(`${kind.padEnd(13)} ${setting.padEnd(48)} ${was} | ${told}`);
  }
}

test("A2a.2 E: moves that begin when it is known, against the engine in its plainest words", () => {
  const cases = Array.from({ length: Number(ROUNDS ?? 70) }, (_, index) => draw(index, { seconds: 6, knowsWhen: true }));
  print("logs of 6 s, moves up to 200 ms later, at a moment that is known", cases);
  const { times, downtimes, covered, wrong } = errorsOf("all", cases);
  expect(quantile(times, 0.5)).toBeLessThan(0.05);
  expect(quantile(times, 0.95)).toBeLessThan(0.1);
  expect(quantile(downtimes, 0.5)).toBeLessThan(0.05);
  expect(quantile(downtimes, 0.95)).toBeLessThan(0.25);
  expect(covered).toBeGreaterThan(0.8);
  expect(wrong).toBeLessThanOrEqual(cases.length / 20);
});

test("A2a.2 E: moves that begin at any moment", () => {
  const cases = Array.from({ length: Number(ROUNDS ?? 42) }, (_, index) => draw(index, { seconds: 6, knowsWhen: false }));
  print("logs of 6 s, moves up to 5 s later, at a moment that is not known", cases);
  const { times, covered, wrong } = errorsOf("all", cases);
  expect(quantile(times, 0.5)).toBeLessThan(0.05);
  expect(quantile(times, 0.95)).toBeLessThan(0.25);
  expect(covered).toBeGreaterThan(0.8);
  expect(wrong).toBeLessThanOrEqual(cases.length / 20);
  // A guest that works and rests by turns is paused in whichever it is: no one downtime is right.
  const steady = cases.filter(({ kind }) => kind !== "bursts");
  const { downtimes } = errorsOf("all", steady);
  expect(quantile(downtimes, 0.5)).toBeLessThan(0.05);
  expect(quantile(downtimes, 0.95)).toBeLessThan(0.25);
});

test("A2a.2 E: logs that are shorter than the first pass", () => {
  const cases = Array.from({ length: Number(ROUNDS ?? 21) }, (_, index) => draw(index, { seconds: 0.8, knowsWhen: true }));
  print("logs of 0.8 s", cases);
  const { times, downtimes } = errorsOf("all", cases);
  expect(quantile(times, 0.5)).toBeLessThan(0.1);
  expect(quantile(downtimes, 0.5)).toBeLessThan(0.1);
  const short = cases.filter(({ truth }) => truth.ends && truth.milliseconds > 2000);
  for (const { predicted } of short) expect(predicted.confidence.covered).toBeLessThan(1);
});

const WRITING = { pages: 4000, first: 3000 };

test.each<Kind>(["sweep", "uniform", "zipf", "hot-and-cold"])(
  "%s: the bandwidth from which on a move ends is good to 15 per cent",
  (kind) => {
    const options = { kind, ...WRITING, rate: 6000, seed: SEED };
    const log = logOfWorkload(createWorkload(options), { pages: PAGES, zeroPages: 0, milliseconds: 6000, periods: [20] });
    const limit = { downtimeLimit: 300, ...FIXED };
    const least = minimumBandwidth(log, { ...limit, within: 60_000 }) ?? 0;
    const ends = (bandwidth: number): boolean =>
      trueMove(createWorkload(options), { ...limit, bandwidth, pages: PAGES, zeroPages: 0, within: 60_000 }).ends;
    console.log(`${kind}: ends from ${(least / 2 ** 20).toFixed(1)} MiB/s on`);
    expect({ above: ends(least * 1.15), below: ends(least * 0.85) }).toEqual({ above: true, below: false });
  },
);

const constant = (slowing: Slowing) => () => () => slowing;

test("a guest that is slowed down is moved where it could not be", () => {
  const guest = createWorkload({ kind: "byte-a-page", ...WRITING, rate: 40_000, seed: SEED });
  const log = logOfWorkload(guest, { pages: PAGES, zeroPages: 0, milliseconds: 4000, periods: [20] });
  const bandwidth = 32 * 2 ** 20;
  const move = { bandwidth, downtimeLimit: 100, ...FIXED, replays: 20 };
  expect(predict(log, move)).toMatchObject({ ends: false, downtime: undefined, confidence: { ends: 0, downtime: undefined } });
  // Four times as fast as the connection: with a tenth of its time the guest writes to 4000 pages a second, and the passes shrink by half.
  const throttled = predict(log, { ...move, policy: constant({ by: "throttle", percent: 90 }) });
  expect(throttled).toMatchObject({ ends: true, confidence: { ends: 1 } });
  expect(throttled.passes).toBeGreaterThan(3);
  expect(predict(log, { ...move, policy: constant({ by: "sleeps", ms: 36, every: 40 }) })).toEqual(throttled);
  // Once slowed down, fewer pages become dirty than are sent; the guest is paused when a pass has left less than fits, with its share for safety.
  const limited = predict(log, { ...move, policy: constant({ by: "writers", pagesPerSecond: 800 }) });
  expect(limited.ends).toBe(true);
  expect(limited.downtime).toBeGreaterThan(30);
  expect(limited.downtime).toBeLessThan(90);
  expect(limited.milliseconds).toBeLessThan(throttled.milliseconds);
});

test("nothing but its arguments decides, and pages of zeros cost 9 bytes", () => {
  const guest = createWorkload({ kind: "bursts", ...WRITING, rate: 4000, seed: SEED });
  const log = logOfWorkload(guest, { pages: PAGES, zeroPages: 8000, milliseconds: 3000, periods: [20, 70] });
  const move = { bandwidth: 2 ** 25, downtimeLimit: 300 };
  expect(predict(log, move)).toEqual(predict(log, move));
  const quiet = { ...log, epochs: log.epochs.map((epoch) => ({ ...epoch, runs: new Uint32Array() })) };
  expect(predict(quiet, { ...move, deviceBytes: 1000 })).toMatchObject({ ends: true, passes: 2, bytes: 8384 * 4104 + 8000 * 9 + 1000 });
  expect(predict(quiet, { ...move, zeroPages: 16384 })).toMatchObject({ bytes: 16384 * 9 });
  expect(() => predict({ ...log, epochs: [] }, move)).toThrow(EmptyLogError);
});
