import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readMetadata, readMetadataFile } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import { DIRECTIONS } from "../pair.ts";
import type { Finding, Report } from "../report.ts";
import { applyPolicy } from "./apply.ts";
import { NO_POLICY, type Suppression } from "./policy.ts";

const TODAY = "2026-06-15";

function ruleReport(id: string): Report {
  const load = (side: string) => readMetadata(readFileSync(`fixtures/rules/${id}/${side}.json`), side);
  return compare(load("old"), load("new"));
}

const REAL = compare(
  readMetadataFile("fixtures/dumps/qemu-7.2-pc-i440fx-2.12.json.gz"),
  readMetadataFile("fixtures/dumps/qemu-10.0-pc-i440fx-2.12.json.gz"),
);

function found(report: Report, rule: string): Finding {
  const finding = report.findings.find((each) => each.rule === rule);
  if (finding === undefined) throw new Error(`no finding of ${rule}`);
  return finding;
}

function suppressing(...suppress: Suppression[]) {
  return applyPolicy(REAL, { overrides: [], suppress }, TODAY);
}

const esp = REAL.findings.find(({ path }) => path === "esp/drq_state") as Finding;

test("an empty policy is the identity", () => {
  for (const report of [REAL, ...readdirSync("fixtures/rules").map(ruleReport)]) {
    expect(applyPolicy(report, NO_POLICY, TODAY)).toEqual({ report, notices: [] });
  }
});

test("a suppressed finding keeps its levels and the verdicts forget it", () => {
  const { report, notices } = suppressing({ fingerprint: esp.fingerprint, reason: "No VM has it.", by: "Ada", expires: TODAY });
  const after = report.findings.find(({ fingerprint }) => fingerprint === esp.fingerprint);
  expect(after).toEqual({ ...esp, suppressed: true });
  expect(report.suppressed).toEqual([{ fingerprint: esp.fingerprint, reason: "No VM has it.", expires: TODAY, by: "Ada" }]);
  expect(REAL.sections.am53c974?.forward).toBe("incompatible");
  expect(report.sections.am53c974?.forward).not.toBe("incompatible");
  expect(report.sections.am53c974?.backward).toBe("incompatible");
  expect(notices).toEqual([]);
});

test("suppressing every error leaves no incompatible verdict", () => {
  const errors = REAL.findings.filter(({ levels }) => DIRECTIONS.some((direction) => levels[direction] === "error"));
  expect(REAL.verdict).toEqual({ forward: "incompatible", backward: "incompatible" });
  const { report } = suppressing(...errors.map(({ fingerprint }) => ({ fingerprint, reason: "x" })));
  expect(report.verdict).toEqual({ forward: "depends", backward: "depends" });
});

test("a suppressed finding changes no other finding", () => {
  fc.assert(
    fc.property(fc.subarray([...REAL.findings]), (chosen) => {
      const { report } = suppressing(...chosen.map(({ fingerprint }) => ({ fingerprint, reason: "x" })));
      expect(report.findings).toEqual(REAL.findings.map((each) => (chosen.includes(each) ? { ...each, suppressed: true } : each)));
    }),
    { numRuns: 20 },
  );
});

test("a device glob must match every device of the finding", () => {
  expect(esp.sections).toEqual(["am53c974", "dc390", "sysbus-esp"]);
  const entry = { rule: esp.rule, path: "esp/drq_*", reason: "x" };
  const part = suppressing({ ...entry, device: "*c*9*" });
  expect(part.report).toEqual(REAL);
  expect(part.notices).toEqual([
    {
      kind: "unused-suppression",
      text: `The suppression of rule '${esp.rule}', device '*c*9*', path 'esp/drq_*' ("x") leaves 'esp/drq_state' (${esp.rule}) as it is, because 'sysbus-esp' has it too.`,
    },
  ]);
  expect(suppressing({ ...entry, device: "*s*" }).report.suppressed).toEqual([]);
  expect(suppressing({ ...entry, device: "*" }).report.suppressed.map(({ fingerprint }) => fingerprint)).toEqual([esp.fingerprint]);
});

test("a finding about no device is not covered by a device glob", () => {
  const report = ruleReport("machine-name-differs");
  const rule = "machine-name-differs";
  expect(found(report, rule).sections).toEqual([]);
  const suppress = (entry: Partial<Suppression>) =>
    applyPolicy(report, { overrides: [], suppress: [{ rule, reason: "x", ...entry }] }, TODAY).report.suppressed;
  expect(suppress({ device: "*" })).toEqual([]);
  expect(suppress({})).toHaveLength(1);
});

test("all keys of a suppression must match", () => {
  for (const wrong of [{ rule: "field-renamed" }, { path: "hpet/*" }, { device: "hpet" }, { fingerprint: "0".repeat(16) }]) {
    const { report, notices } = suppressing({ fingerprint: esp.fingerprint, rule: esp.rule, path: esp.path, ...wrong, reason: "x" });
    expect(report).toEqual(REAL);
    expect(notices.map(({ kind }) => kind)).toEqual(["unused-suppression"]);
  }
});

test("an expired suppression fails open", () => {
  const { report, notices } = suppressing({ rule: esp.rule, path: esp.path, reason: "until fixed", expires: "2026-06-14" });
  expect(report).toEqual(REAL);
  expect(notices).toEqual([
    {
      kind: "expired-suppression",
      text: `The suppression of rule '${esp.rule}', path 'esp/drq_state' ("until fixed") expired on 2026-06-14; one finding counts again.`,
    },
  ]);
});

test("the order of suppressions does not matter, and the one that holds longest is told", () => {
  const entries: Suppression[] = [
    { path: "esp/*", reason: "b" },
    { path: "esp/*", reason: "a", expires: "2027-01-01" },
    { rule: "field-renamed", reason: "renamed", by: "Ada" },
    { rule: "field-renamed", device: "nothing", reason: "unused" },
    { rule: "field-removed", reason: "expired", expires: "2020-01-01" },
    { fingerprint: esp.fingerprint, reason: "c", expires: "2026-12-01" },
  ];
  const expected = suppressing(...entries);
  expect(expected.report.suppressed.find(({ fingerprint }) => fingerprint === esp.fingerprint)?.reason).toBe("b");
  expect(expected.report.suppressed).toHaveLength(expected.report.findings.filter(({ suppressed }) => suppressed).length);
  expect(expected.notices.map(({ kind }) => kind)).toEqual(["expired-suppression", "unused-suppression"]);
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(suppressing(...shuffled)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test("an override sets the level in the directions in which the rule found something, and verdicts follow", () => {
  const report = ruleReport("field-added-unguarded");
  const before = found(report, "field-added-unguarded");
  expect([before.levels, report.verdict.forward]).toEqual([{ forward: "error", backward: "none" }, "incompatible"]);
  const lower = applyPolicy(report, { overrides: [{ rule: before.rule, level: "info" }], suppress: [] }, TODAY).report;
  expect(found(lower, before.rule)).toEqual({ ...before, levels: { forward: "info", backward: "none" } });
  expect(lower.verdict.forward).toBe("compatible");
  const off = applyPolicy(report, { overrides: [{ rule: before.rule, level: "none" }], suppress: [] }, TODAY).report;
  expect(off.findings).toHaveLength(report.findings.length);
  expect(off.verdict.forward).toBe("compatible");
});

test("an override raises too, but what depends still depends", () => {
  const proven = ruleReport("field-renamed");
  const raised = applyPolicy(proven, { overrides: [{ rule: "field-renamed", level: "error" }], suppress: [] }, TODAY).report;
  expect([proven.verdict.forward, raised.verdict.forward]).toEqual(["compatible", "incompatible"]);
  const depends = ruleReport("field-condition-changed");
  const higher = applyPolicy(depends, { overrides: [{ rule: "field-condition-changed", level: "error" }], suppress: [] }, TODAY).report;
  expect([depends.verdict.forward, higher.verdict.forward]).toEqual(["depends", "depends"]);
});

test("the last override counts, an expired one gives way to those before it and is told", () => {
  const report = ruleReport("field-added-unguarded");
  const rule = "field-added-unguarded";
  const level = (overrides: Parameters<typeof applyPolicy>[1]["overrides"]) => {
    const result = applyPolicy(report, { overrides, suppress: [] }, TODAY);
    return [found(result.report, rule).levels.forward, ...result.notices.map(({ kind }) => kind)];
  };
  const expired = { rule, level: "none", expires: "2026-06-14" } as const;
  expect(
    level([
      { rule, level: "warning" },
      { rule, level: "info" },
    ]),
  ).toEqual(["info"]);
  expect(level([{ rule, level: "warning" }, expired])).toEqual(["warning", "expired-override"]);
  expect(level([expired])).toEqual(["error", "expired-override"]);
  expect(level([{ ...expired, expires: TODAY }])).toEqual(["none"]);
});
