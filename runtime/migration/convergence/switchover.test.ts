import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesPerSecond, measure, UNMEASURED } from "./bandwidth.ts";
import { pageCost } from "./page-cost.ts";
import { type PauseLimits, type Rest, reckonPause } from "./switchover.ts";

const PAGE = 4096;
const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const LIMITS: PauseLimits = { downtimeLimit: 300, fixed: 20 };

const rest = (more: Partial<Rest>): Rest => ({ bandwidth: undefined, onTheWay: 0, remainingPages: 0, pageSize: PAGE, ...more });
/** Of so many pages a second. */
const bandwidth = (pages: number): number => pages * pageCost(PAGE);

/** After two windows of 100 ms with these rates in bytes a second. */
function bandwidthOf(one: number, other: number): number | undefined {
  const all = [0, one / 10, (one + other) / 10].map((sentBytes, nth) => ({ at: nth * 100, idle: 0, sentBytes, takenBytes: undefined }));
  return bytesPerSecond(all.reduce(measure, UNMEASURED));
}

test("nothing is known before the bandwidth is, but a few pages need no measurement", () => {
  expect(reckonPause(LIMITS, rest({ remainingPages: 17 }))).toEqual({ pages: undefined, milliseconds: undefined, isTime: false });
  expect(reckonPause(LIMITS, rest({ remainingPages: 16 })).isTime).toBe(true);
  expect(reckonPause(LIMITS, rest({ remainingPages: 1, onTheWay: 1 << 20 })).isTime).toBe(false);
});

test("the guest is stopped when the rest fits into four fifths of what the limit leaves", () => {
  // (300 - 20) ms * 1000 pages a second / 1.25
  expect(reckonPause(LIMITS, rest({ bandwidth: bandwidth(1000), remainingPages: 225 }))).toMatchObject({ pages: 224, isTime: false });
  const pause = reckonPause(LIMITS, rest({ bandwidth: bandwidth(1000), remainingPages: 224 }));
  expect(pause).toMatchObject({ pages: 224, isTime: true });
  expect(pause.milliseconds).toBeCloseTo(20 + 224);
});

test("what is on its way takes its time too", () => {
  const pause = reckonPause(LIMITS, rest({ bandwidth: bandwidth(1000), onTheWay: bandwidth(100), remainingPages: 124 }));
  expect(pause).toMatchObject({ pages: 124, isTime: true });
  expect(pause.milliseconds).toBeCloseTo(20 + 100 + 124);
});

test("devices that take longer than the limit leave memory a tenth of it, and at least a page", () => {
  expect(reckonPause({ downtimeLimit: 100, fixed: 500 }, rest({ bandwidth: bandwidth(1000), remainingPages: 8 }))).toMatchObject({
    pages: 8,
    isTime: true,
  });
  expect(reckonPause({ downtimeLimit: 1, fixed: 15 }, rest({ bandwidth: bandwidth(700), remainingPages: 1 })).isTime).toBe(true);
  expect(reckonPause({ downtimeLimit: 1, fixed: 15 }, rest({ bandwidth: bandwidth(700), remainingPages: 2 })).isTime).toBe(false);
});

test("an idle guest of 1 GiB whose first windows are too fast keeps the limit", () => {
  // 16.7 Gbit/s and 8 Gbit/s before the connection's own 1 GB/s; by the first window alone 626 MB would have been left.
  const { pages } = reckonPause(LIMITS, rest({ bandwidth: bandwidthOf(16.7e9 / 8, 1e9) }));
  expect(((pages ?? Number.NaN) * pageCost(PAGE)) / 1e9).toBeLessThan(0.28);
  expect(reckonPause(LIMITS, rest({ bandwidth: bandwidthOf(16.7e9 / 8, 16.7e9 / 8), remainingPages: 200_000 })).isTime).toBe(false);
});

test("the limit is kept if the rate falls once more as much as between the two windows, or by a fifth", () => {
  const rate = fc.double({ min: 1e6, max: 1e10, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const property = fc.property(rate, rate, share, fc.nat(50_000), (one, other, filled, onTheWay) => {
    const known = { bandwidth: bandwidthOf(one, other), onTheWay };
    const { pages = 0 } = reckonPause(LIMITS, rest(known));
    const remainingPages = Math.floor(filled * pages);
    expect(reckonPause(LIMITS, rest({ ...known, remainingPages })).isTime).toBe(true);
    const slower = Math.min(one, other);
    const fallen = slower * Math.min(1 / 1.25, slower / Math.max(one, other));
    // One page is let through whatever the connection.
    const leftBytes = pages > 1 ? onTheWay + remainingPages * pageCost(PAGE) : 0;
    expect(LIMITS.fixed + (leftBytes / fallen) * 1000).toBeLessThanOrEqual(LIMITS.downtimeLimit + 1e-6);
  });
  fc.assert(property, { seed: SEED, numRuns: 1000 });
});

test("within a pass the guest is stopped for little only: what is left is sent while it runs", () => {
  const { pages = 0 } = reckonPause(LIMITS, rest({ bandwidth: bandwidth(1000) }));
  const isTime = (remainingPages: number, isWithinPass: boolean): boolean =>
    reckonPause(LIMITS, rest({ bandwidth: bandwidth(1000), remainingPages, isWithinPass })).isTime;
  expect([isTime(pages, false), isTime(pages, true), isTime(pages / 2, true), isTime(pages / 2 + 1, true)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
