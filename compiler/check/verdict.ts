import type { Direction } from "./pair.ts";
import type { Finding, Verdict } from "./report.ts";
import type { Certainty, Level } from "./rule.ts";

const WORST_LAST: readonly Verdict[] = ["compatible", "unknown", "depends", "incompatible"];

export function worst(verdicts: readonly Verdict[]): Verdict {
  let result = 0;
  for (let at = 0; at < verdicts.length; at++) result = Math.max(result, WORST_LAST.indexOf(verdicts[at] as Verdict));
  return WORST_LAST[result] ?? "compatible";
}

/** What one finding means for the section it is in. A warning that is proven does not break the stream. */
export function verdictOf(level: Level, certainty: Certainty): Verdict {
  if (level === "none") return "compatible";
  if (certainty === "depends" || certainty === "unknown") return certainty;
  return level === "error" ? "incompatible" : "compatible";
}

/** Of a merged finding in one direction; a direction in which the rule found nothing is compatible. */
export function findingVerdict(finding: Finding, direction: Direction): Verdict {
  return finding.suppressed ? "compatible" : verdictOf(finding.levels[direction], finding.certainties[direction]);
}
