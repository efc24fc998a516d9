import { DIRECTIONS } from "../pair.ts";
import type { Finding, Report } from "../report.ts";
import { type Counts, countAll, countIn, describeCounts, plural, worstLevel } from "./counts.ts";
import { describeSuppression, directionsOf, type FindingGroup, groupFindings, levelWord } from "./groups.ts";
import { type Counting, headline, verdictLine } from "./headline.ts";
import { code, prose } from "./markdown-text.ts";
import { placesOf } from "./place.ts";
import { visibleReport } from "./visible.ts";

/** A comment on GitHub ends at 65,536 characters, on other forges somewhat later. */
export const MARKDOWN_LIMIT = 60_000;
const MOST_SECTIONS = 10;
/** Kept free for the line that says what was left out, and for the coverage. */
const RESERVE = 2_500;

/** Groups that are open when the comment is; the others unfold. */
const OPEN: readonly FindingGroup["kind"][] = ["breaks", "depends", "changes"];

/** For a pull-request comment: verdict and totals first, then as many findings as there is room for, then what was left out. */
export function renderMarkdown(raw: Report, counting: Counting): string {
  const report = visibleReport(raw);
  const blocks = [head(report, counting)];
  let room = MARKDOWN_LIMIT - RESERVE - (blocks[0]?.length ?? 0);
  const left: Finding[] = [];
  const advised = new Set<string>();
  for (const group of groupFindings(report)) {
    const [opening, closing] = frameOf(group);
    const items: string[] = [];
    room -= opening.length + closing.length + 2;
    for (const finding of group.findings) {
      const item = itemOf(report, group, finding, advised);
      // Once a finding was left out all after it are, so that what is shown is the worst of them.
      if (left.length > 0 || item.length + 1 > room) left.push(finding);
      else {
        items.push(item);
        room -= item.length + 1;
      }
    }
    if (items.length > 0) blocks.push(`${opening}${items.join("\n")}${closing}`);
  }
  if (left.length > 0) blocks.push(`**${plural(left.length, "finding")} left out** for length: ${describeCounts(countAll(left))}.`);
  blocks.push(foot(report));
  return `${blocks.join("\n\n")}\n`;
}

function frameOf({ kind, title, meaning, findings }: FindingGroup): [string, string] {
  const named = `${title} (${findings.length})`;
  return OPEN.includes(kind)
    ? [`#### ${named}\n\n${meaning}\n\n`, ""]
    : [`<details><summary>${named}</summary>\n\n${meaning}\n\n`, "\n\n</details>"];
}

function head(report: Report, counting: Counting): string {
  const row = (name: string, verdict: string, { errors, warnings, notes, suppressed }: Counts): string =>
    `| ${[name, verdict, errors, warnings, notes, suppressed].join(" | ")} |`;
  return [
    `### ${headline(report, counting)}`,
    "",
    `old: ${code(report.old.path)} (${code(report.old.machine ?? "no machine named")})<br>`,
    `new: ${code(report.new.path)} (${code(report.new.machine ?? "no machine named")})`,
    "",
    "| direction | verdict | errors | warnings | notes | suppressed |",
    "|---|---|--:|--:|--:|--:|",
    ...DIRECTIONS.map((direction) => row(direction, verdictLine(report, direction), countIn(report, direction))),
    row("in all", "", countAll(report.findings)),
  ].join("\n");
}

function itemOf(report: Report, { kind }: FindingGroup, finding: Finding, advised: Set<string>): string {
  const level = worstLevel(finding);
  const title = [
    `- **${levelWord(level)}** ${code(finding.rule)}`,
    ...(finding.path === "" ? [] : [code(finding.path)]),
    ...(directionsOf(finding) === "" ? [] : [directionsOf(finding)]),
    code(finding.fingerprint),
  ].join(" · ");
  if (kind === "suppressed") return `${title}<br>suppressed: ${prose(describeSuppression(report, finding))}`;
  // The same advice for many findings is given with the first of them.
  const advice = level === "info" || advised.has(finding.advice) ? [] : [`what to do: ${prose(finding.advice)}`];
  advised.add(finding.advice);
  const shown = finding.sections.slice(0, MOST_SECTIONS).map((name) => code(name, 100));
  const more = finding.sections.length - shown.length;
  const lines = [
    title,
    prose(finding.message),
    ...(shown.length === 0
      ? []
      : [`affects ${plural(finding.sections.length, "section")}: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`]),
    ...placesOf(report, finding).map(({ side, path, place }) => {
      const declared = place.at === undefined ? "" : `, declared at ${code(place.at)}`;
      return `${side}: ${code(`${path}:${place.line}:${place.column}`)}${declared}`;
    }),
    ...(finding.predictedError === undefined ? [] : [`fails with: ${code(finding.predictedError, 500)}`]),
    ...advice,
  ];
  return lines.join("<br>");
}

function foot({ coverage, scope }: Report): string {
  const { sections, fields } = coverage;
  const compared = `${plural(sections.compared, "section")} compared (${sections.onlyOld} only in old, ${sections.onlyNew} only in new), ${plural(fields.compared, "field")}: ${fields.conditional} conditional, ${fields.opaque} opaque, ${fields.countUnknown} with an unknown count.`;
  const scoped =
    scope.source === "none"
      ? ""
      : ` ${plural(scope.outOfScope, "section")} out of scope${scope.complete ? "" : "; the scope is incomplete"}.`;
  return `${compared}${scoped}`;
}
