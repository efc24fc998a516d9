import type { Finding, Report } from "../report.ts";
import { worstLevel } from "./counts.ts";
import { affectedText, describeSuppression, directionsOf } from "./groups.ts";
import { placesOf } from "./place.ts";
import { visible } from "./visible.ts";

const SEVERITIES = { error: "critical", warning: "minor", info: "info" } as const;
const MOST_SECTIONS = 10;

/** GitLab's code quality report: an array of issues. Every issue must name a file and a line, so one without a place is at line 1. */
export function renderGitlab(report: Report): string {
  const issues = report.findings.map((finding) => {
    const [at] = placesOf(report, finding);
    return {
      description: descriptionOf(report, finding),
      check_name: finding.rule,
      fingerprint: finding.fingerprint,
      severity: finding.suppressed ? "info" : SEVERITIES[worstLevel(finding)],
      location: { path: at?.path ?? report.new.path, lines: { begin: at?.place.line ?? 1 } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}

function descriptionOf(report: Report, finding: Finding): string {
  const facts = [directionsOf(finding), finding.certainty, affectedText(finding, MOST_SECTIONS)].filter((fact) => fact !== "");
  const suppressed = finding.suppressed ? `Suppressed: ${describeSuppression(report, finding)}. ` : "";
  return visible(`${suppressed}${finding.path}: ${finding.message} (${facts.join("; ")})`);
}
