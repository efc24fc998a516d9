import type { Direction } from "../pair.ts";
import type { Finding, Report } from "../report.ts";
import type { Level } from "../rule.ts";

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly suppressed: number;
}

const WORST_LAST: readonly Level[] = ["none", "info", "warning", "error"];

/** One level for formats that have room for one: the worse direction's. A finding that no direction grades is information. */
export function worstLevel({ levels }: Finding): Exclude<Level, "none"> {
  const worst = WORST_LAST[Math.max(WORST_LAST.indexOf(levels.forward), WORST_LAST.indexOf(levels.backward))];
  return worst === undefined || worst === "none" ? "info" : worst;
}

/** Findings by level; a suppressed one is counted as that only. */
export function countAll(findings: readonly Finding[]): Counts {
  return tally(findings, worstLevel);
}

/** The same for what one direction has; a finding of the other direction is not counted. */
export function countIn(report: Report, direction: Direction): Counts {
  return tally(
    report.findings.filter(({ levels }) => levels[direction] !== "none"),
    ({ levels }) => levels[direction],
  );
}

/** "1 error, 3 warnings, 2 notes, 1 suppressed". */
export function describeCounts({ errors, warnings, notes, suppressed }: Counts): string {
  const parts = [plural(errors, "error"), plural(warnings, "warning"), plural(notes, "note")];
  return [...parts, ...(suppressed > 0 ? [`${suppressed} suppressed`] : [])].join(", ");
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function tally(findings: readonly Finding[], levelOf: (finding: Finding) => Level): Counts {
  const open = findings.filter(({ suppressed }) => !suppressed).map(levelOf);
  const count = (level: Level): number => open.filter((each) => each === level).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    notes: count("info"),
    suppressed: findings.length - open.length,
  };
}
