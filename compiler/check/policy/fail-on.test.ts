import { expect, test } from "vitest";
import type { Finding, Report, SectionVerdict } from "../report.ts";
import type { Certainty, Level } from "../rule.ts";
import { exitStatus, type FailOn } from "./fail-on.ts";

function finding(forward: Level, backward: Level, certainty: Certainty = "proven", rest: Partial<Finding> = {}): Finding {
  return {
    rule: "field-removed",
    levels: { forward, backward },
    certainty,
    certainties: { forward: certainty, backward: certainty },
    sections: ["dev"],
    vmsd: "dev",
    path: "dev/x",
    message: "",
    why: "",
    advice: "",
    conditions: [],
    fingerprint: "0123456789abcdef",
    suppressed: false,
    baseline: "none",
    ...rest,
  };
}

function report(findings: readonly Finding[], opaque: readonly string[] = []): Report {
  const dev: SectionVerdict = {
    forward: "compatible",
    backward: "compatible",
    vmsd: "dev",
    opaque,
    floor: { forward: "compatible", backward: "compatible" },
    in: "both",
  };
  return { findings, sections: { dev } } as unknown as Report;
}

const DEPENDS = finding("warning", "none", "depends");

test.each<[string, Report, FailOn, 0 | 1, 0 | 1]>([
  // findings, fail on, forward, backward
  ["nothing", report([]), "undecided", 0, 0],
  ["an error", report([finding("error", "none")]), "error", 1, 0],
  ["an error", report([finding("error", "none")]), "warning", 1, 0],
  ["an error", report([finding("error", "none")]), "undecided", 1, 0],
  ["an error", report([finding("error", "none")]), "never", 0, 0],
  ["a warning", report([finding("none", "warning")]), "error", 0, 0],
  ["a warning", report([finding("none", "warning")]), "warning", 0, 1],
  ["a proven warning", report([finding("none", "warning")]), "undecided", 0, 0],
  ["an info", report([finding("info", "info")]), "warning", 0, 0],
  ["an info", report([finding("info", "info")]), "info", 1, 1],
  ["a condition", report([DEPENDS]), "error", 0, 0],
  ["a condition", report([DEPENDS]), "undecided", 1, 0],
  ["a question at info", report([finding("none", "info", "unknown")]), "undecided", 0, 1],
  ["a question about no section", report([finding("info", "info", "unknown", { sections: [] })]), "undecided", 0, 0],
  ["an opaque section", report([], ["data"]), "undecided", 1, 1],
  ["an opaque section", report([], ["data"]), "info", 0, 0],
  ["a suppressed error", report([finding("error", "error", "proven", { suppressed: true })]), "undecided", 0, 0],
  ["a known error", report([finding("error", "error", "proven", { baseline: "known" })]), "undecided", 0, 0],
  ["a new error", report([finding("error", "error", "proven", { baseline: "new" })]), "error", 1, 1],
])("%s, %#", (_, each, failOn, forward, backward) => {
  expect(exitStatus(each, { direction: "forward", failOn })).toBe(forward);
  expect(exitStatus(each, { direction: "backward", failOn })).toBe(backward);
  expect(exitStatus(each, { direction: "both", failOn })).toBe(forward | backward);
});

test("several limits are met by any of them", () => {
  const strict = { direction: "both", failOn: ["undecided", "warning"] } as const;
  expect(exitStatus(report([finding("warning", "none")]), strict)).toBe(1);
  expect(exitStatus(report([finding("none", "info", "depends")]), strict)).toBe(1);
  expect(exitStatus(report([finding("info", "info")]), strict)).toBe(0);
});

test("a section that the baseline knows as opaque is no longer undecided, unless something else is", () => {
  const options = { direction: "forward", failOn: "undecided", knownOpaque: ["dev"] } as const;
  expect(exitStatus(report([], ["data"]), options)).toBe(0);
  expect(exitStatus(report([DEPENDS], ["data"]), options)).toBe(1);
  expect(exitStatus(report([], ["data"]), { ...options, knownOpaque: ["other"] })).toBe(1);
});

test("stale suppressions fail only when asked to", () => {
  for (const kind of ["unused-suppression", "expired-suppression"] as const) {
    const notices = [{ kind, text: "" }];
    expect(exitStatus(report([]), { direction: "forward", failOn: "error", notices })).toBe(0);
    expect(exitStatus(report([]), { direction: "forward", failOn: "error", notices, strictSuppressions: true })).toBe(1);
    expect(exitStatus(report([]), { direction: "forward", failOn: "never", notices, strictSuppressions: true })).toBe(0);
  }
  const notices = [{ kind: "unused-rename", text: "" }] as const;
  expect(exitStatus(report([]), { direction: "forward", failOn: "error", notices, strictSuppressions: true })).toBe(0);
});
