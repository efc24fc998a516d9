import { expect, test } from "vitest";
import { pageCost } from "./page-cost.ts";
import { POLICIES } from "./policies.ts";
import type { Slowing } from "./policy.ts";
import { type Expected, type Facts, HISTORIES } from "./proof/histories.ts";

const PAGE = 4096;

test.each(HISTORIES)("A4.1: $title", ({ policy, options, lines }) => {
  const decide = POLICIES[policy](options ?? {});
  let at = 0;
  const decided = lines.map(([milliseconds, dirtyPages, sent, , facts]) => {
    at += milliseconds;
    return expectedOf(decide({ at, milliseconds, dirtyPages, sentBytes: sent * PAGE, pageSize: PAGE, ...factsOf(facts) }));
  });
  expect(decided).toEqual(lines.map(([, , , expected]) => expected));
});

function factsOf({ isBulk = false, pass = 1, remaining = 0, bandwidth, pause }: Facts = {}) {
  const bytes = bandwidth === undefined ? undefined : bandwidth * pageCost(PAGE);
  return { isBulk, pass, remainingPages: remaining, bandwidth: bytes, pausePages: pause };
}

function expectedOf(slowing: Slowing): Expected {
  switch (slowing.by) {
    case "nothing":
      return "nothing";
    case "sleeps":
      expect(slowing).toEqual({ by: "sleeps", ms: 30, every: 40 });
      return "sleeps";
    case "throttle":
      return { percent: slowing.percent };
    case "writers":
      return { writers: slowing.pagesPerSecond };
  }
}
