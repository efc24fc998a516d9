import type { Direction } from "../pair.ts";
import type { SectionVerdict } from "../report.ts";
import { plural } from "./counts.ts";
import { undecided } from "./headline.ts";
import type { Sheet } from "./text-finding.ts";
import { type Indent, wrapNames, wrapProse } from "./wrap.ts";

const BODY: Indent = { first: "  ", rest: "    " };

/** What the verdict rests on: the sections that stay open and why, how much was compared, and which devices counted. */
export function closingLines(sheet: Sheet, directions: readonly Direction[]): string[][] {
  return [undecidedLines(sheet, directions), coverageLines(sheet), scopeLines(sheet)];
}

function undecidedLines({ report, paint, columns }: Sheet, directions: readonly Direction[]): string[] {
  const names = undecided(report, directions);
  if (names.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const name of names) {
    const reason = reasonOf(report.sections[name]);
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  const told = (reason: string): boolean => !reason.startsWith("opaque");
  // What opaque fields hide first, as no finding tells it; in each part the reason with most sections first.
  const reasons = [...byReason].sort(([a, left], [b, right]) => Number(told(a)) - Number(told(b)) || right.length - left.length);
  return [
    paint("bold", `Sections that metadata cannot decide (${names.length} of ${Object.keys(report.sections).length})`),
    ...reasons.flatMap(([reason, members]) =>
      told(reason)
        ? wrapProse(`${plural(members.length, "section")} ${reason}, named in the findings above`, columns, BODY)
        : wrapNames(`${reason}:`, members, columns, BODY),
    ),
  ];
}

function reasonOf(section: SectionVerdict | undefined): string {
  if (section === undefined || (section.in === "both" && section.opaque.length === 0)) return "with changes";
  if (section.in !== "both") return `described by ${section.in} only`;
  return `opaque ${section.opaque.length === 1 ? "field" : "fields"} ${section.opaque.map((path) => `'${path}'`).join(", ")}`;
}

function coverageLines({ report, paint, columns }: Sheet): string[] {
  const { sections, fields, undescribed, neverInADump } = report.coverage;
  return [
    paint("bold", "Coverage"),
    ...wrapProse(
      `${plural(sections.compared, "section")} compared, ${sections.onlyOld} only in old, ${sections.onlyNew} only in new`,
      columns,
      BODY,
    ),
    ...wrapProse(
      `${plural(fields.compared, "field")} compared: ${fields.conditional} conditional, ${fields.opaque} opaque, ${fields.countUnknown} with an unknown count`,
      columns,
      BODY,
    ),
    ...(undescribed.length === 0 ? [] : wrapNames("described by neither file:", undescribed, columns, BODY)),
    ...(neverInADump.length === 0 ? [] : wrapProse(`never in a dump: ${neverInADump.join("; ")}`, columns, BODY)),
  ];
}

function scopeLines({ report, paint, columns }: Sheet): string[] {
  const { source, types, complete, unknown, outOfScope } = report.scope;
  if (source === "none") return [`${paint("bold", "Scope")}: none given, so every section counts`];
  const counted = `${plural(types.length, "type")} from ${source}; ${plural(outOfScope, "section")} out of scope`;
  return [
    `${paint("bold", "Scope")}: ${counted}`,
    ...(complete
      ? []
      : wrapNames("incomplete, not translated into a type:", unknown.length === 0 ? ["(not named)"] : unknown, columns, BODY)),
  ];
}
