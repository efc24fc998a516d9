import type { Slowing } from "../../runtime/migration/convergence/policy.ts";

/** How a guest is slowed down, in words; empty where it is not. */
export function slowingText(slowing: Slowing): string {
  switch (slowing.by) {
    case "nothing":
      return "";
    case "throttle":
      return `throttled by ${slowing.percent} %`;
    case "sleeps":
      return `sleeps of ${slowing.ms} ms`;
    case "writers":
      return `at most ${Math.round(slowing.pagesPerSecond)} pages/s become dirty`;
  }
}
