import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { readMetadataFile } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import type { Finding, Report } from "../report.ts";
import { groupFindings } from "./groups.ts";
import { FORMATS, type Format, type RenderOptions, render } from "./index.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";

const OPTIONS: RenderOptions = { colour: false, columns: 80, direction: "both", verbose: true };

function realReport(old: string, new_: string): Report {
  const read = (name: string) => readMetadataFile(`fixtures/dumps/${name}.json.gz`);
  return compare(read(old), read(new_));
}

const REAL = [
  realReport("qemu-7.2-pc-i440fx-2.12", "qemu-10.0-pc-i440fx-2.12"),
  realReport("qemu-5.2-pc-i440fx-2.2", "qemu-7.2-pc-i440fx-2.2"),
];

/** Text that means something to one format or another. */
const HOSTILE = [
  "x\n::error file=a::injected",
  "]]><failure/>",
  "a|b",
  "</details><script>alert(1)</script>",
  "``` `` `",
  "[click](http://evil.example) @someone #12",
  "\u001b[2J\u009b",
  "\"&'<>",
  "\\",
  "\ud800\uffff\u0000\u2028\u202e",
  "{0} {{",
  "  error  field-removed  0123456789abcdef",
  "%0A::warning::x",
  "'a b' 'c",
  "",
  "__proto__",
];

const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom("hpet", "ICH9 SMB"));
const levelArbitrary = fc.constantFrom("error", "warning", "info", "none" as const);
const certaintyArbitrary = fc.constantFrom("proven", "likely", "depends", "unknown" as const);
const verdictArbitrary = fc.constantFrom("compatible", "unknown", "depends", "incompatible" as const);
const directed = <T>(value: fc.Arbitrary<T>) => fc.record({ forward: value, backward: value });
const placeArbitrary = fc.record({
  pointer: fc.constant("/a/b"),
  line: fc.integer({ min: 1, max: 99_999 }),
  column: fc.integer({ min: 1, max: 999 }),
  offset: fc.nat(),
  end: fc.nat(),
});
const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 16, maxLength: 16 });

const findingArbitrary: fc.Arbitrary<Finding> = fc
  .record({
    rule: fc.constantFrom("field-removed", "section-missing", "not-in-the-catalogue"),
    levels: directed(levelArbitrary),
    certainty: certaintyArbitrary,
    certainties: directed(certaintyArbitrary),
    sections: fc.uniqueArray(name, { maxLength: 4 }),
    path: name,
    message: name,
    advice: name,
    conditions: fc.array(name, { maxLength: 2 }),
    fingerprint: hex,
    suppressed: fc.boolean(),
    baseline: fc.constantFrom("new", "known", "none" as const),
    optional: fc.record({ predictedError: name, note: name, old: placeArbitrary, new: placeArbitrary }, { requiredKeys: [] }),
  })
  .map(({ optional, ...keys }) => {
    const { old: _old, new: _new, predictedError: _error, ...rest } = sampleFinding(keys);
    return { ...rest, ...optional };
  });

const reportArbitrary: fc.Arbitrary<Report> = fc
  .record({
    findings: fc.uniqueArray(findingArbitrary, { maxLength: 40, selector: ({ fingerprint }) => fingerprint }),
    sections: fc.dictionary(
      name,
      fc.record({
        forward: verdictArbitrary,
        backward: verdictArbitrary,
        vmsd: name,
        opaque: fc.array(name, { maxLength: 2 }),
        floor: directed(verdictArbitrary),
        in: fc.constantFrom("both", "old", "new" as const),
      }),
    ),
    paths: fc.tuple(name, name, name),
    unknown: fc.array(name),
    verdict: directed(verdictArbitrary),
  })
  .map(({ findings, sections, paths: [old, new_, machine], unknown, verdict }) =>
    sampleReport(findings, {
      sections,
      verdict,
      old: { path: old, machine, sha256: "a".repeat(64) },
      new: { path: new_, machine: null, sha256: "b".repeat(64) },
      scope: { source: "libvirt", types: unknown, complete: false, unknown, outOfScope: 1 },
      suppressed: findings
        .filter(({ suppressed }) => suppressed)
        .map(({ fingerprint, message }) => ({ fingerprint, reason: message, expires: null, by: message })),
    }),
  );

const idOf = ({ rule, fingerprint }: Finding): string => `${rule} ${fingerprint}`;

/** How each format is read back into the ids of the findings in it. It throws when the format is broken. */
const READERS: Readonly<Record<Format, (text: string, report: Report) => string[]>> = {
  json: (text) => (JSON.parse(text) as Report).findings.map(idOf),
  jsonl: (text) => {
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Finding & { type: string });
    expect([lines.at(0)?.type, lines.at(-1)?.type]).toEqual(["head", "summary"]);
    return lines.filter(({ type }) => type === "finding").map(idOf);
  },
  sarif: (text) => {
    const { runs } = JSON.parse(text) as { runs: [{ results: { ruleId: string; partialFingerprints: Record<string, string> }[] }] };
    return runs[0].results.map(({ ruleId, partialFingerprints }) => `${ruleId} ${Object.values(partialFingerprints)[0]}`);
  },
  gitlab: (text) =>
    (JSON.parse(text) as { check_name: string; fingerprint: string }[]).map(
      ({ check_name, fingerprint }) => `${check_name} ${fingerprint}`,
    ),
  junit: (text) => {
    const ids = new Set<string>();
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("text", (body) => {
      for (const line of body.split("\n")) {
        const id = /^[a-z-]+ [0-9a-f]{16}(?= \()/.exec(line)?.[0];
        if (id !== undefined) ids.add(id);
      }
    });
    parser.write(text).close();
    return [...ids];
  },
  markdown: (text) =>
    [...text.matchAll(/^- \*\*(?:error|warning|note)\*\* `([a-z-]+)`.*$/gm)].map(([line, rule]) => {
      // The head ends with the fingerprint, before the first line break.
      return `${rule} ${[...line.matchAll(/ · `([0-9a-f]{16})`(?=<br>)/g)][0]?.[1]}`;
    }),
  text: (text, report) => {
    const findings = groupFindings(report).flatMap((group) => group.findings);
    const blocks = text.split(/^(?= {2}(?:error|warning|note|suppressed) {2})/m).slice(1);
    return blocks.map((block, index) => {
      const [, rule] = /^ {2}[a-z]+ {2}([a-z-]+)(?: {2}|\n|$)/.exec(block) ?? [];
      const fingerprint = findings[index]?.fingerprint ?? "none";
      return `${rule} ${block.includes(fingerprint) ? fingerprint : "lost"}`;
    });
  },
  github: (text) => {
    const lines = text.trimEnd().split("\n");
    expect(lines.pop()).toMatch(/^(?:compatible|incompatible|no break found; \d+ of \d+ [a-z ]+): \d+ error/);
    return lines.map(
      (line) => /^::(?:error|warning|notice) (?:file=[^,:]*,line=\d+,col=\d+,)?title=(?:suppressed%3A )?([^:,]*)::/.exec(line)?.[1] ?? line,
    );
  },
};

function expectSameFindings(report: Report): void {
  const expected = report.findings.map(idOf).sort();
  for (const format of FORMATS) {
    const found = READERS[format](render(report, format, OPTIONS), report).sort();
    if (format === "github") expect(expected).toEqual(expect.arrayContaining(found));
    else expect(found, format).toEqual(expected);
  }
}

test.each(REAL)("every format has the same findings of real builds (%#)", (report) => {
  expect(report.findings.length).toBeGreaterThan(40);
  expectSameFindings(report);
});

test("every format has the same findings of any report, whatever its names hold", () => {
  fc.assert(fc.property(reportArbitrary, expectSameFindings), { numRuns: 150 });
});

test("text has no control character and no trailing space; its first line is the verdict", () => {
  const options = fc.record({
    colour: fc.constant(false),
    columns: fc.integer({ min: 20, max: 160 }),
    direction: fc.constantFrom("forward", "backward", "both" as const),
    verbose: fc.boolean(),
  });
  fc.assert(
    fc.property(reportArbitrary, options, (report, given) => {
      const text = render(report, "text", given);
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(text).not.toMatch(/ $/m);
      expect(text.split("\n")[0]).toMatch(
        /^(?:compatible|incompatible|no break found; \d+ of \d+ sections cannot be decided from metadata)$/,
      );
    }),
    { numRuns: 100 },
  );
});

test("the same report gives the same bytes", () => {
  for (const report of REAL) {
    for (const format of FORMATS) expect(render(structuredClone(report), format, OPTIONS)).toBe(render(report, format, OPTIONS));
  }
});

const schema = JSON.parse(readFileSync("compiler/check/schemas/report.schema.json", "utf8"));
const validate = new Ajv({ strictTypes: false, allowUnionTypes: true, allErrors: true }).compile(schema);

test.each(REAL)("the JSON report fulfils its schema (%#)", (report) => {
  validate(JSON.parse(render(report, "json", OPTIONS)));
  expect(validate.errors).toBe(null);
});

/** A report's JSON, to be changed into what is none. */
type Loose = Record<string, unknown> & { findings: [Record<string, unknown>]; verdict: object; sections: object };

test("the schema refuses a report without one of its keys or with a word it does not know", () => {
  const accepts = (change: (report: Loose) => void): boolean => {
    const copy = JSON.parse(JSON.stringify(sampleReport([sampleFinding()])));
    change(copy);
    return validate(copy);
  };
  expect(accepts(() => undefined)).toBe(true);
  expect(accepts((report) => Object.assign(report, { extra: 1 }))).toBe(true);
  for (const key of schema.required)
    expect(
      accepts((report) => delete report[key]),
      key,
    ).toBe(false);
  for (const key of schema.definitions.finding.required)
    expect(
      accepts(({ findings: [finding] }) => delete finding[key]),
      key,
    ).toBe(false);
  expect(accepts(({ findings: [finding] }) => Object.assign(finding, { certainty: "maybe" }))).toBe(false);
  expect(accepts(({ findings: [finding] }) => Object.assign(finding, { fingerprint: "x" }))).toBe(false);
  expect(accepts(({ verdict }) => Object.assign(verdict, { forward: "fine" }))).toBe(false);
  expect(accepts(({ sections }) => Object.assign(sections, { other: { forward: "compatible" } }))).toBe(false);
});
