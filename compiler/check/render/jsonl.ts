import { DIRECTIONS } from "../pair.ts";
import type { Report } from "../report.ts";
import { countAll, countIn } from "./counts.ts";

/** A head, a line a finding and a summary, for what reads line by line. Together they hold all that the JSON report holds. */
export function renderJsonl(report: Report): string {
  const { schema, tool, old, new: new_, scope, verdict, sections, findings, suppressed, coverage } = report;
  const [forward, backward] = DIRECTIONS.map((direction) => countIn(report, direction));
  const lines = [
    { type: "head", schema, tool, old, new: new_, scope },
    ...findings.map((finding) => ({ type: "finding", ...finding })),
    { type: "summary", verdict, counts: { ...countAll(findings), forward, backward }, sections, suppressed, coverage },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
