import { DIRECTIONS, type Direction } from "../pair.ts";
import type { Report, SectionVerdict } from "../report.ts";

/** Which directions the verdict speaks for. Both are always judged and reported. */
export type Counting = Direction | "both";

export function countingDirections(counting: Counting): readonly Direction[] {
  return counting === "both" ? DIRECTIONS : [counting];
}

/** The first line of a report: the verdict of the directions that count, of the worse one when both do. */
export function headline(report: Report, counting: Counting): string {
  const [first, ...rest] = countingDirections(counting);
  return verdictLine(
    report,
    rest.reduce<Direction>((worse, next) => (weight(report, next) > weight(report, worse) ? next : worse), first ?? "forward"),
  );
}

export function verdictLine(report: Report, direction: Direction): string {
  const verdict = report.verdict[direction];
  if (verdict === "compatible" || verdict === "incompatible") return verdict;
  const sections = Object.keys(report.sections).length;
  return `no break found; ${undecided(report, [direction]).length} of ${sections} sections cannot be decided from metadata`;
}

/** Names of the sections that metadata cannot decide in one of the directions. */
export function undecided(report: Report, directions: readonly Direction[]): string[] {
  const { sections } = report;
  return Object.keys(sections).filter((name) => isOpen(sections[name], directions));
}

function isOpen(section: SectionVerdict | undefined, directions: readonly Direction[]): boolean {
  for (let at = 0; at < directions.length; at++) {
    const verdict = section?.[directions[at] as Direction];
    if (verdict === "unknown" || verdict === "depends") return true;
  }
  return false;
}

function weight(report: Report, direction: Direction): number {
  const verdict = report.verdict[direction];
  if (verdict === "incompatible") return Number.POSITIVE_INFINITY;
  return verdict === "compatible" ? -1 : undecided(report, [direction]).length;
}
