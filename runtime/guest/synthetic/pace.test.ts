import { expect, test } from "vitest";
import { Pace, type Slowed } from "./pace.ts";

const FREE: Slowed = { percent: 0, sleep: 0, every: 0 };
/** A write takes that long, in ms. */
const WRITE = 0.01;

/** Writes that a writer gets done in so many ms, on a clock that only it moves; `after` changes what slows it. */
function writesIn(ms: number, slowed: Slowed, { perMs, from = 0 }: { readonly perMs?: number; readonly from?: number } = {}): number {
  let now = from;
  const pace = new Pace(now, perMs, undefined);
  let writes = 0;
  while (now < from + ms) {
    const wait = pace.wait(now, slowed);
    if (wait > 0) {
      now += wait;
      continue;
    }
    pace.wrote();
    writes++;
    now += WRITE;
  }
  return writes;
}

const FULL = writesIn(10_000, FREE);

test.each([0, 20, 50, 70, 99])("a throttle of %d per cent takes that share", (percent) => {
  expect(writesIn(10_000, { ...FREE, percent }) / FULL).toBeCloseTo(1 - percent / 100, 2);
});

test.each([0, 50, 90])("a throttle of %d per cent takes it of a rate as well: nothing is caught up with", (percent) => {
  expect(writesIn(10_000, { ...FREE, percent }, { perMs: 20 }) / 200_000).toBeCloseTo(1 - percent / 100, 1);
});

test("sleeps of 30 ms, at most one in 40, take three quarters", () => {
  expect(writesIn(10_000, { percent: 0, sleep: 30, every: 40 }) / FULL).toBeCloseTo(0.25, 2);
});

test.each([0.5, 20])("%d writes a millisecond are that many", (perMs) => {
  expect(writesIn(10_000, FREE, { perMs }) / (10_000 * perMs)).toBeCloseTo(1, 2);
});

test("a sleep that was begun ends when the throttle is taken off, or goes on for as long as is left", () => {
  const pace = new Pace(0, undefined, undefined);
  expect(pace.wait(9, { ...FREE, percent: 90 })).toBe(0);
  expect(pace.wait(10, { ...FREE, percent: 90 })).toBeCloseTo(90);
  expect(pace.wait(20, { ...FREE, percent: 50 })).toBe(0);
  expect(pace.wait(30, { ...FREE, percent: 90 })).toBeCloseTo(90);
  expect(pace.wait(40, { ...FREE, percent: 90 })).toBeCloseTo(80);
  expect(pace.wait(50, FREE)).toBe(0);
});

test("a writer that was held up catches up with 10 ms of its rate and no more", () => {
  const pace = new Pace(0, 1, undefined);
  let writes = 0;
  while (pace.wait(1000, FREE) === 0) {
    pace.wrote();
    writes++;
  }
  expect(writes).toBeGreaterThanOrEqual(10);
  expect(writes).toBeLessThanOrEqual(12);
});

test("a rhythm rests between its bursts", () => {
  const pace = new Pace(0, undefined, { on: 50, off: 200 });
  expect(pace.wait(1049, FREE)).toBe(0);
  expect(pace.wait(1060, FREE)).toBe(190);
});
