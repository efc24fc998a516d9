import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError, readMetadata } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import type { Report } from "../report.ts";
import { applyPolicy } from "./apply.ts";
import { applyBaseline, readBaseline, writeBaseline } from "./baseline.ts";
import { exitStatus } from "./fail-on.ts";

const [OLD, NEW] = ["7.2", "10.0"].map((version) =>
  gunzipSync(readFileSync(`fixtures/dumps/qemu-${version}-pc-i440fx-2.12.json.gz`)).toString(),
);

function compareTexts(old = OLD, new_ = NEW): Report {
  return compare(readMetadata(Buffer.from(old ?? ""), "old"), readMetadata(Buffer.from(new_ ?? ""), "new"));
}

const REPORT = compareTexts();
const STRICT = { direction: "both", failOn: ["undecided", "info"] } as const;

test("a baseline that was just written knows everything, and only the exit status forgets it", () => {
  expect(exitStatus(REPORT, STRICT)).toBe(1);
  const { report, notices, knownOpaque } = applyBaseline(REPORT, readBaseline(writeBaseline(REPORT), "base.json"));
  expect(new Set(report.findings.map(({ baseline }) => baseline))).toEqual(new Set(["known"]));
  expect(notices).toEqual([]);
  expect(exitStatus(report, { ...STRICT, knownOpaque })).toBe(0);
  expect(report).toEqual({ ...REPORT, findings: REPORT.findings.map((finding) => ({ ...finding, baseline: "known" })) });
});

test("what is not in it is new, what is worse is new, and what is gone is told", () => {
  const full = readBaseline(writeBaseline(REPORT), "base.json");
  const [first, second, ...rest] = full.entries;
  if (first === undefined || second === undefined) throw new Error("no findings");
  const milder = { ...second, levels: { forward: "none", backward: "none" } } as const;
  const gone = { ...first, fingerprint: "0".repeat(16), rule: "field-removed", path: "gone/field" };
  const { report, notices } = applyBaseline(REPORT, { ...full, entries: [milder, gone, ...rest] });
  const fresh = report.findings.filter(({ baseline }) => baseline === "new").map(({ fingerprint }) => fingerprint);
  expect(fresh.sort()).toEqual([first.fingerprint, second.fingerprint].sort());
  expect(notices).toEqual([
    { kind: "fixed-baseline", text: "The baseline has field-removed at 'gone/field' (0000000000000000), which is not found any more." },
  ]);
  expect(exitStatus(report, STRICT)).toBe(1);
});

test("a suppressed finding is not written, so it is new when the suppression ends", () => {
  const chosen = REPORT.findings[0];
  const suppress = [{ fingerprint: chosen?.fingerprint ?? "", reason: "x", expires: "2026-01-31" }];
  const baseline = readBaseline(writeBaseline(applyPolicy(REPORT, { overrides: [], suppress }, "2026-01-31").report), "base.json");
  expect(baseline.entries).toHaveLength(REPORT.findings.length - 1);
  const later = applyBaseline(applyPolicy(REPORT, { overrides: [], suppress }, "2026-02-01").report, baseline).report;
  expect(later.findings.filter((finding) => finding.baseline === "new").map(({ fingerprint }) => fingerprint)).toEqual([
    chosen?.fingerprint,
  ]);
});

test("fingerprints and the written bytes do not depend on the order of keys and sections, nor on white space", () => {
  const expected = writeBaseline(REPORT);
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(undefined, 1, "\t"), (seed, indent) => {
      const [old, new_] = [OLD, NEW].map((text) => JSON.stringify(shuffled(JSON.parse(text ?? ""), random(seed)), null, indent));
      expect(writeBaseline(compareTexts(old, new_))).toBe(expected);
    }),
    { numRuns: 4 },
  );
});

test("the written text is sorted and ends with a line feed", () => {
  const text = writeBaseline(REPORT);
  const places = readBaseline(text, "x").entries.map(({ rule, path, fingerprint }) => `${rule}\n${path}\n${fingerprint}`);
  expect(places).toEqual([...places].sort());
  expect(text.endsWith("}\n")).toBe(true);
});

test.each([
  ["{}", "base.json:1:1: The file lacks 'schema'."],
  [
    '{"schema": "vmstate-baseline/2", "entries": []}',
    'base.json:1:12: \'schema\' is "vmstate-baseline/2"; it must be "vmstate-baseline/1".',
  ],
  [
    '{"schema": "vmstate-baseline/1", "entries": [{"fingerprint": "XY", "rule": "a", "path": "b", "levels": {"forward": "none", "backward": "none"}}]}',
    'base.json:1:62: \'entries/0/fingerprint\' is "XY"; it is written like "9f86d081884c7d65".',
  ],
  ['{"schema"', "base.json:1:10: The JSON ends where ':' should follow."],
])("%s is refused where it is wrong", (text, message) => {
  expect(() => readBaseline(text, "base.json")).toThrow(InputError);
  expect(() => readBaseline(text, "base.json")).toThrow(expect.objectContaining({ message }));
});

/** Shuffles the keys of every object; lists stay, their order is on the wire. */
function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
  if (typeof value !== "object" || value === null) return value;
  const keyed = Object.entries(value).map(([key, item]) => ({ key, item: shuffled(item, next), at: next() }));
  return Object.fromEntries(keyed.sort((a, b) => a.at - b.at).map(({ key, item }) => [key, item]));
}

function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 8;
  };
}
