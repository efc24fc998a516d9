import type { Finding, Report } from "../report.ts";
import { countAll, describeCounts, worstLevel } from "./counts.ts";
import { affectedText, describeSuppression, directionsOf } from "./groups.ts";
import { type Counting, headline } from "./headline.ts";
import { placesOf } from "./place.ts";
import { visibleReport } from "./visible.ts";

/** GitHub shows so many annotations of a kind for a step and drops the rest without a word. */
const CAP = 10;
const KINDS = { error: "error", warning: "warning", info: "notice" } as const;

/** Workflow commands, and a last plain line with the verdict, the totals and how many findings the caps left out. */
export function renderGithub(raw: Report, counting: Counting): string {
  const report = visibleReport(raw);
  const shown: Finding[] = [];
  const used = { error: 0, warning: 0, notice: 0 };
  // Open findings first: a suppressed one must not take the place of one that counts.
  for (const finding of [...report.findings].sort((a, b) => Number(a.suppressed) - Number(b.suppressed))) {
    if (used[kindOf(finding)]++ < CAP) shown.push(finding);
  }
  const left = report.findings.filter((finding) => !shown.includes(finding));
  const omitted = left.length === 0 ? "" : `; left out here: ${describeCounts(countAll(left))}`;
  const total = `${headline(report, counting)}: ${describeCounts(countAll(report.findings))}${omitted}.`;
  return `${[...shown.map((finding) => command(report, finding)), total].join("\n")}\n`;
}

function kindOf(finding: Finding): "error" | "warning" | "notice" {
  return finding.suppressed ? "notice" : KINDS[worstLevel(finding)];
}

function command(report: Report, finding: Finding): string {
  const [at] = placesOf(report, finding);
  const properties = {
    ...(at === undefined ? {} : { file: at.path, line: `${at.place.line}`, col: `${at.place.column}` }),
    title: `${finding.suppressed ? "suppressed: " : ""}${finding.rule} ${finding.fingerprint}`,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${kindOf(finding)} ${list.join(",")}::${escapeData(messageOf(report, finding))}`;
}

function messageOf(report: Report, finding: Finding): string {
  const directions = directionsOf(finding);
  const lines = [
    `${finding.path}${directions === "" ? "" : ` (${directions}, ${finding.certainty})`}: ${finding.message}`,
    affectedText(finding, CAP),
    finding.predictedError === undefined ? "" : `predicted error: ${finding.predictedError}`,
    finding.suppressed ? `suppressed: ${describeSuppression(report, finding)}` : finding.advice,
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
