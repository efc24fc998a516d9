import { DIRECTIONS } from "../pair.ts";
import type { Finding, Report, SuppressedFinding, Verdict } from "../report.ts";
import type { Level } from "../rule.ts";
import { verdictOf, worst } from "../verdict.ts";
import { plural, worstLevel } from "./counts.ts";

export interface FindingGroup {
  readonly title: string;
  /** What the findings of the group have in common, as a sentence. */
  readonly meaning: string;
  readonly kind: "breaks" | "depends" | "unknown" | "changes" | "information" | "suppressed";
  readonly findings: readonly Finding[];
}

const GROUPS = [
  { kind: "breaks", title: "Breaks", meaning: "A migration fails, or loads wrong values." },
  { kind: "depends", title: "Depends", meaning: "A migration breaks only where a condition holds, which metadata does not tell." },
  { kind: "changes", title: "Loads, but look at it", meaning: "The bytes stay in step; what they mean may not." },
  { kind: "unknown", title: "Cannot be decided", meaning: "Metadata does not hold what would decide it." },
  { kind: "information", title: "Information", meaning: "Nothing to fear for a migration." },
  { kind: "suppressed", title: "Suppressed", meaning: "Known and accepted; they do not count." },
] as const satisfies readonly Omit<FindingGroup, "findings">[];

/** Every finding of the report in the group that says what it means, worst first; groups without findings are left out. */
export function groupFindings({ findings }: Report): FindingGroup[] {
  const kinds = findings.map(kindOf);
  return GROUPS.map((group) => ({ ...group, findings: findings.filter((_, at) => kinds[at] === group.kind) })).filter(
    ({ findings: members }) => members.length > 0,
  );
}

/** "forward", "forward and backward", "forward note, backward warning"; empty when no direction is affected. */
export function directionsOf({ levels }: Finding): string {
  const affected = DIRECTIONS.filter((direction) => levels[direction] !== "none");
  const alike = new Set(affected.map((direction) => levels[direction])).size === 1;
  return alike ? affected.join(" and ") : affected.map((direction) => `${direction} ${levelWord(levels[direction])}`).join(", ");
}

/** The report's word for a level: what JSON calls `info` is a note to a reader. */
export function levelWord(level: Level): string {
  return level === "info" ? "note" : level;
}

export function suppressionOf({ suppressed }: Report, { fingerprint }: Finding): SuppressedFinding | undefined {
  return suppressed.find((entry) => entry.fingerprint === fingerprint);
}

/** "reason (by who, until when)". */
export function describeSuppression(report: Report, finding: Finding): string {
  const entry = suppressionOf(report, finding);
  if (entry === undefined) return "no reason given";
  const facts = [...(entry.by === "" ? [] : [`by ${entry.by}`]), ...(entry.expires === null ? [] : [`until ${entry.expires}`])];
  return facts.length === 0 ? entry.reason : `${entry.reason} (${facts.join(", ")})`;
}

/** "affects 3 sections: a, b, c"; past `most` names only how many more. Empty for a finding of the files as such. */
export function affectedText({ sections }: Finding, most: number): string {
  if (sections.length === 0) return "";
  const named = sections.length > most ? [...sections.slice(0, most), `and ${sections.length - most} more`] : sections;
  return `affects ${plural(sections.length, "section")}: ${named.join(", ")}`;
}

function kindOf(finding: Finding): FindingGroup["kind"] {
  if (finding.suppressed) return "suppressed";
  const verdict: Verdict = worst(DIRECTIONS.map((direction) => verdictOf(finding.levels[direction], finding.certainties[direction])));
  if (verdict === "incompatible") return "breaks";
  if (verdict === "depends" || verdict === "unknown") return verdict;
  return worstLevel(finding) === "info" ? "information" : "changes";
}
