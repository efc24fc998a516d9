import { DIRECTIONS } from "../pair.ts";
import type { Finding, InputFacts, Report } from "../report.ts";
import { countAll, countIn, describeCounts, plural, worstLevel } from "./counts.ts";
import type { RenderOptions } from "./format.ts";
import { type FindingGroup, groupFindings } from "./groups.ts";
import { countingDirections, headline, undecided, verdictLine } from "./headline.ts";
import { painter } from "./paint.ts";
import { closingLines } from "./text-closing.ts";
import { findingLines, foldedLines, isFoldable, type Sheet } from "./text-finding.ts";
import { visibleReport } from "./visible.ts";
import { wrapProse } from "./wrap.ts";

/** Verdict, counts, findings by what they mean, what to do, what could not be decided, and how much was looked at. */
export function renderText(raw: Report, { colour, columns, direction, verbose }: RenderOptions): string {
  const report = visibleReport(raw);
  const sheet: Sheet = { report, paint: painter(colour), columns: Math.max(columns, 30), verbose };
  const directions = countingDirections(direction);
  const blocks = [
    headBlock(sheet, headline(report, direction)),
    directionBlock(sheet, directions),
    ...groupFindings(report).map((group) => groupBlock(sheet, group)),
    adviceBlock(sheet),
    ...closingLines(sheet, directions),
  ];
  const text = blocks.filter((block) => block.length > 0).map((block) => block.join("\n"));
  const page = `${text.join("\n\n")}\n`;
  // A name may end with a space.
  return page.includes(" \n") ? page.replace(/ +$/gm, "") : page;
}

function headBlock({ report, paint }: Sheet, verdict: string): string[] {
  const style = verdict === "incompatible" ? "error" : verdict === "compatible" ? "good" : "warning";
  return [paint(style, verdict), describeCounts(countAll(report.findings))];
}

function directionBlock({ report, paint, columns }: Sheet, counting: readonly string[]): string[] {
  const sides = { forward: "saved by old, loaded by new", backward: "saved by new, loaded by old" };
  const lines = DIRECTIONS.flatMap((direction) => {
    const aside = counting.includes(direction) ? "" : "; this direction does not count";
    const open = undecided(report, [direction]).length;
    // The verdict line itself says so unless something worse is to say.
    const undecidedToo = report.verdict[direction] === "incompatible" && open > 0 ? `; ${plural(open, "section")} cannot be decided` : "";
    return [
      `${paint("bold", direction)}: ${verdictLine(report, direction)}`,
      ...wrapProse(`${sides[direction]}: ${describeCounts(countIn(report, direction))}${undecidedToo}${aside}`, columns, {
        first: "  ",
        rest: "  ",
      }),
    ];
  });
  return [...lines, "", `old: ${describeInput(report.old)}`, `new: ${describeInput(report.new)}`];
}

function describeInput({ path, machine }: InputFacts): string {
  return machine === null ? path : `${path} (${machine})`;
}

function groupBlock(sheet: Sheet, { kind, title, meaning, findings }: FindingGroup): string[] {
  const { paint, columns, verbose } = sheet;
  const folds = (finding: Finding): boolean => !verbose && isFoldable(finding, kind);
  const folded = findings.filter(folds);
  const shown = findings.filter((finding) => !folds(finding));
  const lines = [
    paint("bold", `${title} (${findings.length})`),
    ...wrapProse(meaning, columns, { first: "", rest: "" }).map((line) => paint("dim", line)),
    "",
    ...shown.flatMap((finding) => [...findingLines(sheet, finding), ...(kind === "suppressed" ? [] : [""])]),
    ...(folded.length === 0 ? [] : foldedLines(sheet, folded)),
  ];
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** Each piece of advice once, that for errors before that for warnings, with the number of findings that it is for. */
function adviceBlock({ report, paint, columns }: Sheet): string[] {
  const pieces = new Map<string, number>();
  for (const level of ["error", "warning"] as const) {
    for (const finding of report.findings) {
      if (!finding.suppressed && worstLevel(finding) === level) pieces.set(finding.advice, (pieces.get(finding.advice) ?? 0) + 1);
    }
  }
  if (pieces.size === 0) return [];
  const lines = [...pieces].flatMap(([advice, count]) =>
    wrapProse(count === 1 ? advice : `${advice} (${count} findings)`, columns, { first: "  - ", rest: "    " }),
  );
  return [paint("bold", "What to do"), ...lines];
}
