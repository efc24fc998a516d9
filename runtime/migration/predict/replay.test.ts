import { expect, test } from "vitest";
import { logOfWorkload } from "./proof/record.ts";
import { createWorkload, type Kind } from "./proof/workload.ts";
import { createRandom } from "./random.ts";
import { Replay, type Replayed, replayed } from "./replay.ts";
import { spansOf } from "./spans.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const PAGES = 8192;
const FIRST = 1000;

interface Guest {
  readonly kind: Kind;
  readonly pages: number;
  readonly rate: number;
}

const known = (guest: Guest, milliseconds: number, periods: readonly number[]): Replayed =>
  replayed(
    spansOf(
      logOfWorkload(createWorkload({ ...guest, first: FIRST, seed: SEED }), { pages: PAGES, zeroPages: 0, milliseconds, periods }),
      undefined,
    ),
  );

/** Pages that the guest itself writes to in so many ms, in the mean over a few times. */
function written(guest: Guest, milliseconds: number): number {
  const workload = createWorkload({ ...guest, first: FIRST, seed: SEED });
  let sum = 0;
  for (let time = 0; time < 8; time++) {
    const pages = new Set<number>();
    workload.run(milliseconds, (page) => pages.add(page));
    sum += pages.size;
  }
  return sum / 8;
}

test.each<[Guest, readonly number[]]>([
  [{ kind: "byte-a-page", pages: 3000, rate: 600_000 }, [50]],
  [{ kind: "sweep", pages: 3000, rate: 4000 }, [50]],
  [{ kind: "uniform", pages: 3000, rate: 40_000 }, [50]],
  [{ kind: "uniform", pages: 300, rate: 20_000 }, [12.5, 12.5, 25, 50, 100]],
  [{ kind: "hot-and-cold", pages: 3000, rate: 40_000 }, [12.5, 12.5, 25, 50, 100]],
])("what is written to in a part of an epoch is what the guest writes to in that time: %j, epochs of %j ms", (guest, periods) => {
  const { occupancy } = known(guest, 3000, periods);
  for (const [part, whole] of [
    [25, 50],
    [10, 50],
    [12.5, 100],
    [40, 100],
  ] as const) {
    const expected = written(guest, part) / written(guest, whole);
    expect(occupancy(part, whole) / expected).toBeGreaterThan(0.88);
    expect(occupancy(part, whole) / expected).toBeLessThan(1.12);
  }
});

test("the parts of an epoch take all of its pages, and each its share", () => {
  const guest: Guest = { kind: "uniform", pages: 3000, rate: 20_000 };
  const all = known(guest, 1000, [100]);
  const replay = new Replay(all, 0, createRandom(SEED));
  const parts = [37, 13, 1, 49].map((milliseconds) => {
    const found = new Set<number>();
    replay.run(milliseconds, (span) => {
      found.add(span);
      return true;
    });
    return { found, share: found.size / written(guest, milliseconds) };
  });
  const whole = new Set<number>();
  new Replay(all, 0, createRandom(SEED)).run(100, (span) => {
    whole.add(span);
    return true;
  });
  expect(new Set(parts.flatMap(({ found }) => [...found]))).toEqual(whole);
  for (const { share } of [parts[0], parts[1], parts[3]].filter((each) => each !== undefined))
    expect(Math.abs(share - 1)).toBeLessThan(0.15);
});

test("where the log ends, a guest that goes through its memory goes on where it was", () => {
  const { log, continuations } = known({ kind: "sweep", pages: 3000, rate: 5000 }, 2930, [10]);
  // Page of the working set that comes next: 2930 ms are 14650 writes, 2650 into the fifth round.
  const next = FIRST + (14_650 % 3000);
  const firsts = new Float64Array(log.count);
  for (let span = 1; span < log.count; span++) firsts[span] = (firsts[span - 1] as number) + (log.pages[span - 1] as number);
  expect(continuations.length).toBeGreaterThan(0);
  for (const epoch of continuations) {
    const first = firsts[log.epochs[epoch]?.runs[0] ?? 0] as number;
    expect(Math.abs(first - next)).toBeLessThanOrEqual(150);
  }
});

test("a guest that has not written to all that it will goes on to write to more, and another does not", () => {
  const guest: Guest = { kind: "uniform", pages: 3000, rate: 2000 };
  const { growth, log } = known(guest, 1000, [20]);
  expect(growth(log.milliseconds)).toBe(0);
  for (const times of [2, 4]) {
    const truth = written(guest, 1000 * times) - written(guest, 1000);
    expect(Math.abs(growth(1000 * times) / truth - 1)).toBeLessThan(0.2);
  }
  expect(known({ kind: "sweep", pages: 3000, rate: 6000 }, 1000, [20]).growth(5000)).toBe(0);
  expect(known({ kind: "idle", pages: 3000, rate: 0.001 }, 1000, [20]).growth(5000)).toBeLessThan(2);
});
