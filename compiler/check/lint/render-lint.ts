import { plural } from "../render/counts.ts";
import { type Paint, painter } from "../render/paint.ts";
import { visible } from "../render/visible.ts";
import { wrapProse } from "../render/wrap.ts";
import type { LintFinding, LintReport } from "./lint-report.ts";

export interface LintRenderOptions {
  readonly colour: boolean;
  readonly columns: number;
}

interface Sheet {
  readonly file: string;
  readonly paint: Paint;
  readonly columns: number;
}

/** The text of a lint report: findings by rule, each rule's reason and remedy once, and the counts in the last line. */
export function renderLint(report: LintReport, { colour, columns }: LintRenderOptions): string {
  const byRule = new Map<string, LintFinding[]>();
  for (const finding of report.findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const sheet = { file: visible(report.file.path), paint: painter(colour), columns: Math.max(columns, 30) };
  const blocks = [...byRule.values()].map((findings) => ruleLines(sheet, findings).join("\n"));
  return `${[...blocks, countLine(report)].join("\n\n")}\n`;
}

function ruleLines(sheet: Sheet, findings: readonly LintFinding[]): string[] {
  const { paint, columns } = sheet;
  const [first] = findings;
  if (first === undefined) return [];
  const shared = findings.every(({ advice }) => advice === first.advice);
  const prose = [`why: ${first.why}`, ...(shared ? [`fix: ${first.advice}`] : [])];
  return [
    `${paint(first.level, first.level)}  ${paint("bold", first.rule)}`,
    ...findings.flatMap((finding) => findingLines(sheet, finding, shared)),
    ...prose.flatMap((text) => wrapProse(visible(text), columns, { first: "  ", rest: "    " })),
  ];
}

function findingLines({ file, paint, columns }: Sheet, finding: LintFinding, adviceIsShared: boolean): string[] {
  const { place, message, advice } = finding;
  const declared = place?.at === undefined ? "" : `  declared at ${visible(place.at)}`;
  const at = place === undefined ? "" : `  ${paint("dim", `${file}:${place.line}:${place.column}${declared}`)}`;
  const text = visible(adviceIsShared ? message : `${message} ${advice}`);
  return [`  ${visible(finding.path)}${sectionsOf(finding)}${at}`, ...wrapProse(text, columns, { first: "    ", rest: "    " })];
}

/** The path often is the section's own name; then naming the section says nothing. */
function sectionsOf({ sections, path }: LintFinding): string {
  if (sections.length > 3) return `  (${sections.length} sections)`;
  return sections.length === 1 && sections[0] === path ? "" : `  (${visible(sections.join(", "))})`;
}

function countLine({ counts, coverage }: LintReport): string {
  const found = [plural(counts.error, "error"), plural(counts.warning, "warning"), plural(counts.info, "note")].join(", ");
  return `${found} in ${plural(coverage.sections, "section")} with ${plural(coverage.fields, "field")}.`;
}
