import { DIRECTIONS, type Direction } from "../pair.ts";
import type { Finding, Report, SectionVerdict } from "../report.ts";
import { plural } from "./counts.ts";
import { describeSuppression } from "./groups.ts";
import { verdictLine } from "./headline.ts";
import { visibleReport } from "./visible.ts";

interface TestCase {
  readonly name: string;
  readonly outcome: "passed" | "skipped" | "failed";
  readonly xml: string;
}

/**
 * A suite a direction and a case a section: failed where an error is, skipped where metadata cannot decide or all that is wrong is
 * suppressed. A finding stands in the case of each section that it affects, one that affects none in a case of its own.
 */
export function renderJunit(raw: Report): string {
  const report = visibleReport(raw);
  const suites = DIRECTIONS.map((direction) => ({ direction, cases: casesOf(report, direction) }));
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="vmstate-check" ${totals(all)}>`,
    ...suites.flatMap(({ direction, cases }) => [
      `  <testsuite name="${direction}" ${totals(cases)}>`,
      "    <properties>",
      ...properties(report, direction).map(([name, value]) => `      <property name="${name}" value="${escapeXml(value)}"/>`),
      "    </properties>",
      ...cases.map(({ xml }) => xml),
      "  </testsuite>",
    ]),
    "</testsuites>\n",
  ].join("\n");
}

function totals(cases: readonly TestCase[]): string {
  const count = (outcome: TestCase["outcome"]): number => cases.filter((each) => each.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count("failed")}" errors="0" skipped="${count("skipped")}"`;
}

function properties(report: Report, direction: Direction): [string, string][] {
  return [
    ["old", report.old.path],
    ["new", report.new.path],
    ["verdict", verdictLine(report, direction)],
  ];
}

function casesOf(report: Report, direction: Direction): TestCase[] {
  const bySection = new Map<string, Finding[]>(Object.keys(report.sections).map((name) => [name, []]));
  const loose: Finding[] = [];
  for (const finding of report.findings) {
    if (!belongs(finding, direction)) continue;
    const lists = finding.sections.map((name) => bySection.get(name)).filter((list) => list !== undefined);
    for (const list of lists.length === 0 ? [loose] : lists) list.push(finding);
  }
  const sections = Object.entries(report.sections).map(([name, section]) =>
    testCase(report, direction, name, bySection.get(name) ?? [], section),
  );
  return [...sections, ...loose.map((finding) => testCase(report, direction, `${finding.rule} ${finding.path}`, [finding], undefined))];
}

/** A finding that neither direction grades is still told, once. */
function belongs({ levels }: Finding, direction: Direction): boolean {
  return levels[direction] !== "none" || (direction === "forward" && levels.backward === "none");
}

function testCase(
  report: Report,
  direction: Direction,
  name: string,
  findings: readonly Finding[],
  section: SectionVerdict | undefined,
): TestCase {
  const open = findings.filter(({ suppressed }) => !suppressed);
  const errors = open.filter(({ levels }) => levels[direction] === "error");
  const body = [...findings.map((finding) => describe(report, direction, finding)), ...opaqueLines(section)].map(escapeXml).join("\n");
  const reason = skipReason(direction, findings, open, section);
  const head = `    <testcase classname="${direction}" name="${escapeXml(name)}"`;
  if (errors[0] !== undefined) {
    const message = errors.length === 1 ? errors[0].message : `${plural(errors.length, "error")}: ${errors[0].message}`;
    const failure = `<failure type="${escapeXml(errors[0].rule)}" message="${escapeXml(message)}">${body}</failure>`;
    return { name, outcome: "failed", xml: `${head}>\n      ${failure}\n    </testcase>` };
  }
  const output = body === "" ? "" : `\n      <system-out>${body}</system-out>`;
  if (reason !== undefined) {
    return { name, outcome: "skipped", xml: `${head}>\n      <skipped message="${escapeXml(reason)}"/>${output}\n    </testcase>` };
  }
  return { name, outcome: "passed", xml: output === "" ? `${head}/>` : `${head}>${output}\n    </testcase>` };
}

function skipReason(
  direction: Direction,
  findings: readonly Finding[],
  open: readonly Finding[],
  section: SectionVerdict | undefined,
): string | undefined {
  const undecided = open.find(({ levels, certainties }) => levels[direction] !== "none" && isUndecided(certainties[direction]));
  if (undecided !== undefined) return `${undecided.certainties[direction]}: ${undecided.message}`;
  if (section !== undefined && isUndecided(section[direction])) return [section[direction], ...opaqueLines(section)].join(": ");
  return findings.length > 0 && open.length === 0 ? "suppressed" : undefined;
}

function isUndecided(word: string): boolean {
  return word === "depends" || word === "unknown";
}

function opaqueLines(section: SectionVerdict | undefined): string[] {
  return section === undefined || section.opaque.length === 0
    ? []
    : [`only code knows what these fields send: ${section.opaque.join(", ")}`];
}

function describe(report: Report, direction: Direction, finding: Finding): string {
  const { rule, fingerprint, levels, certainties, path, message, advice, predictedError } = finding;
  const grade = finding.suppressed
    ? `suppressed: ${describeSuppression(report, finding)}`
    : `${levels[direction]}, ${certainties[direction]}`;
  const error = predictedError === undefined ? "" : ` Predicted error: ${predictedError}.`;
  return `${rule} ${fingerprint} (${grade}) ${path}: ${message}${error} What to do: ${advice}`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** For text whose control characters are visible already; `>` too, so that `]]>` cannot be. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
