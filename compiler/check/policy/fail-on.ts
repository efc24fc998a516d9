import type { Direction } from "../pair.ts";
import type { Finding, Report } from "../report.ts";
import type { Level } from "../rule.ts";
import { findingVerdict } from "../verdict.ts";
import type { Notice } from "./notice.ts";

/** `undecided` is met by an error and by every section in scope whose verdict is depends or unknown. */
export type FailOn = "error" | "warning" | "info" | "undecided" | "never";
export type CountedDirection = Direction | "both";

export interface FailOptions {
  readonly direction: CountedDirection;
  /** Several are met when any of them is. */
  readonly failOn: FailOn | readonly FailOn[];
  /** Whether unused and expired suppressions among `notices` fail the run too. */
  readonly strictSuppressions?: boolean;
  readonly notices?: readonly Notice[];
  /** Sections that the baseline already had as opaque (applyBaseline gives them). */
  readonly knownOpaque?: Iterable<string>;
}

const LEVELS: readonly Level[] = ["none", "info", "warning", "error"];

/**
 * The exit status of a comparison. Suppressed findings do not count, nor do those that the baseline knows: the report's verdict
 * tells what is so, the exit status with a baseline tells whether anything is new. `never` wins over everything.
 */
export function exitStatus(report: Report, options: FailOptions): 0 | 1 {
  const failOn = [options.failOn].flat();
  if (failOn.includes("never")) return 0;
  const directions: readonly Direction[] = options.direction === "both" ? ["forward", "backward"] : [options.direction];
  const counted = report.findings.filter(({ suppressed, baseline }) => !suppressed && baseline !== "known");
  const fails =
    failOn.some((each) =>
      each === "undecided"
        ? undecided(report, counted, directions, options.knownOpaque ?? [])
        : reaches(each as Level, counted, directions),
    ) ||
    (options.strictSuppressions === true && (options.notices ?? []).some(isStale));
  return fails ? 1 : 0;
}

function reaches(level: Level, findings: readonly Finding[], directions: readonly Direction[]): boolean {
  return findings.some(({ levels }) => directions.some((direction) => LEVELS.indexOf(levels[direction]) >= LEVELS.indexOf(level)));
}

function undecided(report: Report, findings: readonly Finding[], directions: readonly Direction[], knownOpaque: Iterable<string>): boolean {
  const known = new Set(knownOpaque);
  return (
    reaches("error", findings, directions) ||
    findings.some((finding) => finding.sections.length > 0 && directions.some((each) => findingVerdict(finding, each) !== "compatible")) ||
    Object.entries(report.sections).some(([name, { opaque }]) => opaque.length > 0 && !known.has(name))
  );
}

function isStale({ kind }: Notice): boolean {
  return kind === "unused-suppression" || kind === "expired-suppression";
}
