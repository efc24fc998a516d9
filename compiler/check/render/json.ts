import type { Report } from "../report.ts";

/** The report itself: the contract that schemas/report.schema.json describes. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
