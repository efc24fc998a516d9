import { type Finding, REPORT_SCHEMA, type Report, type SectionVerdict } from "../report.ts";

/** For tests: a finding with every key, changed as the test wants it. */
export function sampleFinding(change: Partial<Finding> = {}): Finding {
  return {
    rule: "field-added-unguarded",
    levels: { forward: "error", backward: "none" },
    certainty: "proven",
    certainties: { forward: "proven", backward: "proven" },
    sections: ["hpet"],
    vmsd: "hpet",
    path: "hpet/timer/cmp",
    message: "'cmp' (8 bytes) is read but never sent.",
    why: "Fields are on the wire without name or length.",
    advice: "Move 'cmp' into a subsection.",
    predictedError: "Missing section footer for …/hpet",
    conditions: [],
    old: { pointer: "/hpet/Description", line: 12, column: 5, offset: 300, end: 420 },
    new: { pointer: "/hpet/Description/Fields/3", line: 40, column: 9, offset: 900, end: 980 },
    witness: { direction: "forward", offset: 16, exact: true, source: [], destination: [{ path: "cmp", size: 8 }] },
    fingerprint: "00112233445566aa",
    suppressed: false,
    baseline: "none",
    ...change,
  };
}

/** For tests: a report with these findings; each section that they name is in it. */
export function sampleReport(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  const names = [...new Set(findings.flatMap((finding) => finding.sections))].sort();
  const section: SectionVerdict = {
    forward: "compatible",
    backward: "compatible",
    vmsd: "vmsd",
    opaque: [],
    floor: { forward: "compatible", backward: "compatible" },
    in: "both",
  };
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "vmstate", version: "1.2.3" },
    old: { path: "old.json", machine: "pc-2.1", sha256: "a".repeat(64) },
    new: { path: "new.json", machine: null, sha256: "b".repeat(64) },
    scope: { source: "none", types: [], complete: true, unknown: [], outOfScope: 0 },
    verdict: { forward: "compatible", backward: "compatible" },
    sections: Object.fromEntries(names.map((name) => [name, section])),
    findings,
    suppressed: [],
    coverage: {
      sections: { compared: names.length, onlyOld: 0, onlyNew: 0 },
      fields: { compared: 20, conditional: 3, opaque: 2, countUnknown: 1 },
      undescribed: [],
      neverInADump: ["RAM contents"],
    },
    ...change,
  };
}
