import { DIRECTIONS, type Direction } from "../pair.ts";
import type { Report } from "../report.ts";

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
  return Object.keys(report.sections).filter((name) => {
    const section = report.sections[name];
    return directions.some((direction) => section?.[direction] === "unknown" || section?.[direction] === "depends");
  });
}

function weight(report: Report, direction: Direction): number {
  const verdict = report.verdict[direction];
  if (verdict === "incompatible") return Number.POSITIVE_INFINITY;
  return verdict === "compatible" ? -1 : undecided(report, [direction]).length;
}
