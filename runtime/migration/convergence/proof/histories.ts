/**
 * Histories of a migration and what a policy makes of each period of it, worked out by hand from the rules, line by line. Evaluations of QEMU's
 * policies are more than 1000 ms apart; "hit" says that one found more dirty than the threshold.
 */
import type { PolicyName, PolicyOptions } from "../policies.ts";

/** Milliseconds, pages that became dirty, pages' worth of bytes that were sent, what the policy says then. */
type Line = readonly [milliseconds: number, dirty: number, sent: number, expected: Expected, more?: Facts];

/** A share of the guest's time in per cent; pages a second for writers. */
export type Expected = "nothing" | "sleeps" | { readonly percent: number } | { readonly writers: number };

/** Of the period's end, where they matter. Bandwidth in pages a second. */
export interface Facts {
  readonly isBulk?: boolean;
  readonly pass?: number;
  readonly remaining?: number;
  readonly bandwidth?: number;
  readonly pause?: number;
}

export interface History {
  readonly title: string;
  readonly policy: PolicyName;
  readonly options?: PolicyOptions;
  readonly lines: readonly Line[];
}

const NOTHING = "nothing";
const SLEEPS = "sleeps";
const BULK: Facts = { isBulk: true };

const QEMU_16: readonly History[] = [
  {
    title: "1.6 sleeps from the sixth hit on, and the first evaluation is none as no dirty rate is known before it",
    policy: "qemu-1.6",
    lines: [
      [1100, 150, 100, NOTHING], // 150 > 50, but no rate yet
      [1100, 150, 100, NOTHING], // hit 1: 0 were more than 4 no
      [1100, 150, 100, NOTHING], // hit 2
      [1100, 150, 100, NOTHING], // hit 3
      [1100, 150, 100, NOTHING], // hit 4
      [1100, 150, 100, NOTHING], // hit 5: 4 before it, and 4 > 4 is false
      [1100, 150, 100, SLEEPS], // hit 6: 5 > 4
      [1100, 0, 100, SLEEPS], // nothing ends it
      [1100, 0, 100, SLEEPS],
    ],
  },
  {
    title: "1.6 asks for more than 50% of what was sent, not for 50% more",
    policy: "qemu-1.6",
    lines: [
      [1100, 51, 100, NOTHING], // no rate yet
      [1100, 51, 100, NOTHING], // 51 > 50: hit 1, far from the 150 of "50% more"
      [1100, 51, 100, NOTHING], // 2
      [1100, 51, 100, NOTHING], // 3
      [1100, 51, 100, NOTHING], // 4
      [1100, 51, 100, NOTHING], // 5
      [1100, 51, 100, SLEEPS], // 6
    ],
  },
  {
    title: "1.6 lets half of what was sent be, for ever",
    policy: "qemu-1.6",
    lines: Array.from({ length: 20 }, () => [1100, 50, 100, NOTHING] as const), // 50 > 50 is false
  },
  {
    title: "1.6 does not forget hits in good periods",
    policy: "qemu-1.6",
    lines: [
      [1100, 60, 100, NOTHING], // no rate yet
      [1100, 60, 100, NOTHING], // hit 1
      [1100, 10, 100, NOTHING], // good: still 1
      [1100, 60, 100, NOTHING], // 2
      [1100, 60, 100, NOTHING], // 3
      [1100, 10, 100, NOTHING], // good
      [1100, 10, 100, NOTHING], // good
      [1100, 60, 100, NOTHING], // 4
      [1100, 60, 100, NOTHING], // 5
      [1100, 10, 100, NOTHING], // good
      [1100, 60, 100, SLEEPS], // 6
    ],
  },
  {
    title: "1.6 evaluates after more than 1000 ms, so at each second sync where they are 1000 ms apart",
    policy: "qemu-1.6",
    lines: [
      [1000, 60, 100, NOTHING], // 1000 > 1000 is false
      [1000, 60, 100, NOTHING], // 2000 ms, 120 of 200: evaluated, no rate yet
      [1000, 60, 100, NOTHING],
      [1000, 60, 100, NOTHING], // hit 1
      [1000, 60, 100, NOTHING],
      [1000, 60, 100, NOTHING], // 2
      [1000, 60, 100, NOTHING],
      [1000, 60, 100, NOTHING], // 3
      [1000, 60, 100, NOTHING],
      [1000, 60, 100, NOTHING], // 4
      [1000, 60, 100, NOTHING],
      [1000, 60, 100, NOTHING], // 5
      [1000, 60, 100, NOTHING],
      [1000, 60, 100, SLEEPS], // 6
    ],
  },
  {
    title: "1.6 sums up what syncs in between found",
    policy: "qemu-1.6",
    lines: [
      [1100, 60, 100, NOTHING], // no rate yet
      [500, 10, 50, NOTHING],
      [501, 50, 50, NOTHING], // 1001 ms, 60 of 100: hit 1
      [500, 60, 50, NOTHING],
      [501, 0, 50, NOTHING], // 60 of 100, though nothing in the last half: hit 2
      [500, 10, 50, NOTHING],
      [501, 40, 50, NOTHING], // 50 of 100: good, though 40 of 50 would not be
      [1001, 60, 100, NOTHING], // 3
      [1001, 60, 100, NOTHING], // 4
      [1001, 60, 100, NOTHING], // 5
      [1001, 60, 100, SLEEPS], // 6
    ],
  },
  {
    title: "1.6 counts no hit while disks are copied for the first time, and keeps those that it has",
    policy: "qemu-1.6",
    lines: [
      [1100, 60, 100, NOTHING], // no rate yet
      [1100, 60, 100, NOTHING], // hit 1
      [1100, 60, 100, NOTHING], // 2
      [1100, 90, 100, NOTHING, BULK],
      [1100, 90, 100, NOTHING, BULK],
      [1100, 90, 100, NOTHING, BULK],
      [1100, 90, 100, NOTHING, BULK],
      [1100, 90, 100, NOTHING, BULK],
      [1100, 60, 100, NOTHING], // 3
      [1100, 60, 100, NOTHING], // 4
      [1100, 60, 100, NOTHING], // 5
      [1100, 60, 100, SLEEPS], // 6
    ],
  },
  {
    title: "1.6 finds no hit right after an evaluation without any dirty page",
    policy: "qemu-1.6",
    lines: [
      [1100, 60, 100, NOTHING], // no rate yet
      [1100, 60, 100, NOTHING], // hit 1
      [1100, 60, 100, NOTHING], // 2
      [1100, 60, 100, NOTHING], // 3
      [1100, 60, 100, NOTHING], // 4
      [1100, 60, 100, NOTHING], // 5
      [1100, 0, 100, NOTHING], // good, and the rate is 0 from here
      [1100, 60, 100, NOTHING], // not counted; the rate is known again
      [1100, 60, 100, SLEEPS], // 6
    ],
  },
];

const percent = (value: number): Expected => ({ percent: value });

const QEMU_25: readonly History[] = [
  {
    title: "2.5 begins with the initial share at the second hit and adds the increment at each second one after",
    policy: "qemu-2.5",
    lines: [
      [1100, 60, 100, NOTHING], // hit 1, of the first evaluation too
      [1100, 60, 100, percent(20)], // 2: initial
      [1100, 60, 100, percent(20)], // 1
      [1100, 60, 100, percent(30)], // 2: + 10
      [1100, 60, 100, percent(30)], // 1
      [1100, 60, 100, percent(40)], // 2: + 10
      [1100, 10, 100, percent(40)], // good: nothing is given back
    ],
  },
  {
    title: "2.5 does not forget a hit in good periods",
    policy: "qemu-2.5",
    lines: [
      [1100, 60, 100, NOTHING], // hit 1
      [1100, 10, 100, NOTHING], // good
      [1100, 0, 100, NOTHING], // good
      [1100, 60, 100, percent(20)], // 2
      [1100, 10, 100, percent(20)], // good
      [1100, 60, 100, percent(20)], // 1
      [1100, 10, 100, percent(20)], // good
      [1100, 60, 100, percent(30)], // 2
    ],
  },
  {
    title: "2.5 lets exactly half of what was sent be, and counts one page more",
    policy: "qemu-2.5",
    lines: [
      [1100, 50, 100, NOTHING], // 50 > 50 is false
      [1100, 50, 100, NOTHING],
      [1100, 50, 100, NOTHING],
      [1100, 51, 100, NOTHING], // hit 1
      [1100, 51, 100, percent(20)], // 2
    ],
  },
  {
    title: "2.5 with a threshold of 20%",
    policy: "qemu-2.5",
    options: { qemu25: { trigger: 20 } },
    lines: [
      [1100, 20, 100, NOTHING], // 20 > 20 is false
      [1100, 21, 100, NOTHING], // hit 1
      [1100, 20, 100, NOTHING],
      [1100, 21, 100, percent(20)], // 2
    ],
  },
  {
    title: "2.5 goes up to the greatest share and no further",
    policy: "qemu-2.5",
    options: { qemu25: { increment: 30, max: 75 } },
    lines: [
      [1100, 60, 100, NOTHING],
      [1100, 60, 100, percent(20)],
      [1100, 60, 100, percent(20)],
      [1100, 60, 100, percent(50)],
      [1100, 60, 100, percent(50)],
      [1100, 60, 100, percent(75)], // 80 is more than 75
      [1100, 60, 100, percent(75)],
      [1100, 60, 100, percent(75)],
    ],
  },
  {
    title: "2.5 from 50 by 20 ends at 99, which is the greatest share where none is given",
    policy: "qemu-2.5",
    options: { qemu25: { initial: 50, increment: 20 } },
    lines: [
      [1100, 60, 100, NOTHING],
      [1100, 60, 100, percent(50)],
      [1100, 60, 100, percent(50)],
      [1100, 60, 100, percent(70)],
      [1100, 60, 100, percent(70)],
      [1100, 60, 100, percent(90)],
      [1100, 60, 100, percent(90)],
      [1100, 60, 100, percent(99)], // 110 is more than 99
      [1100, 60, 100, percent(99)],
      [1100, 60, 100, percent(99)],
    ],
  },
  {
    title: "2.5 with tailslow adds no more than what makes the guest just slow enough, in whole per cent of the time that it has",
    policy: "qemu-2.5",
    options: { qemu25: { tailslow: true } },
    lines: [
      [1100, 100, 100, NOTHING],
      [1100, 100, 100, percent(20)], // initial
      [1100, 100, 100, percent(20)],
      [1100, 100, 100, percent(30)], // of 80 it should have 80 * 50 / 100 = 40: 40 less is more than 10, so 10
      [1100, 51, 100, percent(30)],
      [1100, 51, 100, percent(32)], // of 70 it should have 70 * 50 / 51 = 68.6, so 68: 2 less
      [1100, 55, 100, percent(32)],
      [1100, 55, 100, percent(39)], // of 68 it should have 68 * 50 / 55 = 61.8, so 61: 7 less
    ],
  },
  {
    title: "2.5 counts no hit while disks are copied for the first time, and keeps the one that it has",
    policy: "qemu-2.5",
    lines: [
      [1100, 60, 100, NOTHING], // hit 1
      [1100, 60, 100, NOTHING, BULK],
      [1100, 60, 100, NOTHING, BULK],
      [1100, 10, 100, NOTHING],
      [1100, 60, 100, percent(20)], // 2
    ],
  },
  {
    title: "2.5 evaluates after more than 1000 ms, what was gathered until then",
    policy: "qemu-2.5",
    lines: [
      [1000, 60, 100, NOTHING], // 1000 > 1000 is false
      [1, 0, 0, NOTHING], // 1001 ms, 60 of 100: hit 1
      [999, 60, 100, NOTHING],
      [1, 0, 0, NOTHING], // 1000 ms since the evaluation
      [1, 0, 0, percent(20)], // 1001 ms: 2
    ],
  },
  {
    title: "2.5 with an initial share of 0 and an increment of 98 stays within 1 to 99",
    policy: "qemu-2.5",
    options: { qemu25: { initial: 0, increment: 98 } },
    lines: [
      [1100, 60, 100, NOTHING],
      [1100, 60, 100, percent(1)], // 0 is no throttling
      [1100, 60, 100, percent(1)],
      [1100, 60, 100, percent(99)], // 1 + 98
      [1100, 60, 100, percent(99)],
      [1100, 60, 100, percent(99)], // 197 is more than 99
    ],
  },
];

const writers = (value: number): Expected => ({ writers: value });
/** 1000 pages a second, of which the pause has time for 240: 0.9 * 240 = 216 are aimed at, and a sixteenth is 62.5 a second. */
const at = (pass: number, remaining: number): Facts => ({ pass, remaining, bandwidth: 1000, pause: 240 });

const WRITER_LIMIT: readonly History[] = [
  {
    title: "the writer limit is none where passes become shorter fast enough",
    policy: "writer-limit",
    lines: [
      [8000, 4000, 8000, NOTHING, at(1, 4000)], // of the first pass nothing is concluded
      [4000, 3000, 4000, NOTHING, at(2, 3000)], // 3/4 each: (3000 - 240) / 1000 / (1/4) = 11.04 s more, three times 12 s are had
      [3000, 2250, 3000, NOTHING, at(3, 2250)], // 2.01 / (1/4) = 8.04 s, and three times 15 s
      [2250, 200, 2250, NOTHING, at(4, 200)], // fits into the pause
    ],
  },
  {
    title: "the writer limit lets one pass leave what fits into the pause, but not less than a sixteenth of the bandwidth",
    policy: "writer-limit",
    lines: [
      [8000, 4000, 8000, NOTHING, at(1, 4000)],
      [4000, 4000, 4000, writers(62.5), at(2, 4000)], // does not shrink; 1000 * 216 / 4000 = 54 is less than 62.5
      [4000, 250, 4000, writers(864), at(3, 250)], // 62.5 * 4 s = 250 became dirty; 1000 * 216 / 250
      [250, 216, 250, writers(1000), at(4, 216)], // 864 * 0.25 s: fits
    ],
  },
  {
    title: "the writer limit begins where the passes shrink too slowly, and rises with each",
    policy: "writer-limit",
    lines: [
      [4000, 2000, 4000, NOTHING, at(1, 2000)],
      [2000, 1800, 2000, NOTHING, at(2, 1800)], // 0.9 each: 1.56 / 0.1 = 15.6 s more, which is not more than three times the 6 s so far
      [1800, 1728, 1800, writers(125), at(3, 1728)], // 0.96 each: 1.488 / 0.04 = 37.2 s more, three times 7.8 s is 23.4; 1000 * 216 / 1728
      [1728, 432, 1728, writers(500), at(4, 432)], // 1000 * 216 / 432
    ],
  },
  {
    title: "the writer limit judges short passes together, over an eighth of the time so far",
    policy: "writer-limit",
    lines: [
      [8000, 1000, 8000, NOTHING, at(1, 1000)],
      [1000, 400, 1000, NOTHING, at(2, 400)], // 1 s since the first, of 9: not yet
      [400, 410, 400, NOTHING, at(3, 410)], // 1.4 s of 9.4: 1000 to 410 in two passes, whatever the last did
      [410, 420, 410, NOTHING, at(4, 420)], // 0.41 s since, of 9.81
      [420, 400, 420, NOTHING, at(5, 400)], // 0.83 s of 10.23
      [400, 420, 400, NOTHING, at(6, 420)], // 1.23 s of 10.63, an eighth of which is 1.33
      [420, 432, 420, writers(500), at(7, 432)], // 1.65 s of 11.05: 410 to 432 is no less; 1000 * 216 / 432
    ],
  },
  {
    title: "the writer limit takes the share of one pass where several are judged",
    policy: "writer-limit",
    lines: [
      [8000, 1000, 8000, NOTHING, at(1, 1000)],
      [1000, 980, 1000, NOTHING, at(2, 980)], // 1 s of 9
      [980, 960, 980, writers(225), at(3, 960)], // 0.98 each: 0.72 / 0.02 = 36 s more, three times 9.98 s is 29.94; 1000 * 216 / 960
    ],
  },
  {
    title: "the writer limit waits for a measured bandwidth and for the end of a pass",
    policy: "writer-limit",
    lines: [
      [50, 1000, 2000, NOTHING, { pass: 1, remaining: 1000 }],
      [50, 1000, 1000, NOTHING, { pass: 2, remaining: 1000 }],
      [50, 1000, 500, NOTHING, at(2, 1000)], // in the middle of the pass
      [50, 1000, 500, writers(216), at(3, 1000)], // 1000 * 216 / 1000
      [50, 0, 100, writers(240), at(3, 900)], // and follows in the pass from here on: 1000 * 216 / 900
    ],
  },
  {
    title: "the writer limit of a migration that should be over begins at once, and goes below the sixteenth",
    policy: "writer-limit",
    options: { endBy: 11_000 },
    lines: [
      [8000, 4000, 8000, writers(54), at(1, 4000)], // 4 s more are not there, however it shrinks
      [4000, 216, 4000, writers(1000), at(2, 216)],
    ],
  },
  {
    title: "the writer limit does not begin while disks are copied for the first time",
    policy: "writer-limit",
    lines: [
      [8000, 4000, 8000, NOTHING, at(1, 4000)],
      [4000, 4000, 4000, NOTHING, { ...at(2, 4000), isBulk: true }],
      [4000, 4000, 4000, writers(62.5), at(3, 4000)],
    ],
  },
];

export const HISTORIES: readonly History[] = [
  ...QEMU_16,
  ...QEMU_25,
  ...WRITER_LIMIT,
  { title: "none does nothing", policy: "none", lines: Array.from({ length: 5 }, () => [1100, 1000, 10, NOTHING] as const) },
];
