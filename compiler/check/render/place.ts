import type { Finding, Place, Report } from "../report.ts";

export interface FilePlace {
  readonly side: "old" | "new";
  readonly path: string;
  readonly place: Place;
}

/** Where a finding is, the new file first: that is the one under change. Empty when neither side's text has a place for it. */
export function placesOf(report: Report, finding: Finding): FilePlace[] {
  const sides = ["new", "old"] as const;
  return sides.flatMap((side) => {
    const place = finding[side];
    return place === undefined ? [] : [{ side, path: report[side].path, place }];
  });
}
