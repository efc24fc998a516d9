import type { Finding, Report, Witness, WitnessField } from "../report.ts";
import { plural, worstLevel } from "./counts.ts";
import { describeSuppression, directionsOf, type FindingGroup, levelWord } from "./groups.ts";
import type { Paint } from "./paint.ts";
import { placesOf } from "./place.ts";
import { type Indent, widthOf, wrapNames, wrapProse } from "./wrap.ts";

/** What the lines of a text report are made with. */
export interface Sheet {
  readonly report: Report;
  readonly paint: Paint;
  readonly columns: number;
  readonly verbose: boolean;
}

const BODY: Indent = { first: "    ", rest: "    " };
/** Behind a label, so that its continuation stands apart from the next line. */
const HANGING: Indent = { first: "    ", rest: "      " };
const MOST_SECTIONS = 12;

/** A finding that stands alone: what, where, which sections, both places, the bytes and the error that will be seen. */
export function findingLines(sheet: Sheet, finding: Finding): string[] {
  const { report, paint, columns, verbose } = sheet;
  if (finding.suppressed) return suppressedLines(sheet, finding);
  return [
    ...headLines(sheet, finding),
    ...wrapProse(finding.message, columns, BODY),
    ...(finding.note === undefined ? [] : wrapProse(`note: ${finding.note}`, columns, HANGING)),
    ...(verbose ? wrapProse(`why: ${finding.why}`, columns, HANGING) : []),
    ...(finding.conditions.length === 0 ? [] : wrapNames("only when present:", finding.conditions, columns, HANGING)),
    ...affectedLines(finding, columns, verbose),
    ...placesOf(report, finding)
      .reverse()
      .map(({ side, path, place }) => {
        const pointer = verbose ? `  ${place.pointer}` : "";
        const declared = place.at === undefined ? "" : `  declared at ${place.at}`;
        return `    ${side} ${paint("dim", `${path}:${place.line}:${place.column}${pointer}${declared}`)}`;
      }),
    ...(finding.witness === undefined ? [] : wrapProse(describeWitness(finding.witness), columns, HANGING)),
    ...(finding.predictedError === undefined ? [] : wrapProse(`fails with: ${finding.predictedError}`, columns, HANGING)),
  ];
}

/** What dumps do not describe on one side is one line a side: it is many names and one thing to know. */
export function foldedLines(sheet: Sheet, findings: readonly Finding[]): string[] {
  const { paint, columns } = sheet;
  const sides = [
    { text: "only in old:", members: findings.filter((finding) => finding.new === undefined) },
    { text: "only in new:", members: findings.filter((finding) => finding.new !== undefined) },
  ];
  return sides
    .filter(({ members }) => members.length > 0)
    .flatMap(({ text, members }) => {
      const [first] = members as [Finding, ...Finding[]];
      const sections = [...new Set(members.flatMap((finding) => finding.sections))].sort();
      return [
        ...headed(sheet, [
          paint(worstLevel(first), levelWord(worstLevel(first))),
          paint("bold", first.rule),
          directionsOf(first),
          paint("dim", plural(members.length, "finding")),
        ]),
        ...wrapNames(`${plural(sections.length, "section")} ${text}`, sections, columns, HANGING),
        "",
      ];
    });
}

/** A finding that may be folded: nothing is known of it but the name. */
export function isFoldable(finding: Finding, kind: FindingGroup["kind"]): boolean {
  return kind === "unknown" && finding.rule === "section-missing" && (finding.old === undefined) !== (finding.new === undefined);
}

function headLines(sheet: Sheet, finding: Finding): string[] {
  const { paint } = sheet;
  const level = worstLevel(finding);
  return headed(sheet, [
    paint(level, levelWord(level)),
    paint("bold", finding.rule),
    finding.path,
    directionsOf(finding),
    ...(finding.certainty === "likely" ? ["likely"] : []),
    ...(finding.baseline === "none" ? [] : [`${finding.baseline} to the baseline`]),
    paint("dim", finding.fingerprint),
  ]);
}

function suppressedLines({ report, paint, columns }: Sheet, finding: Finding): string[] {
  const { rule, path, fingerprint } = finding;
  const head = ["suppressed", rule, path, directionsOf(finding), fingerprint].filter((part) => part !== "").join("  ");
  return wrapProse(`${head}  ${describeSuppression(report, finding)}`, columns, { first: "  ", rest: "    " }).map((line) =>
    paint("dim", line),
  );
}

/** Parts with two spaces between them; one that does not fit begins the next line whole. */
function headed({ columns }: Sheet, parts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of parts.filter((each) => each !== "")) {
    if (line === "") line = `  ${part}`;
    else if (widthOf(line) + 2 + widthOf(part) <= columns) line += `  ${part}`;
    else {
      lines.push(line);
      line = `      ${part}`;
    }
  }
  return [...lines, line];
}

function affectedLines({ sections }: Finding, columns: number, verbose: boolean): string[] {
  if (sections.length === 0) return [];
  const most = verbose || sections.length <= MOST_SECTIONS + 1 ? sections.length : MOST_SECTIONS;
  const more = sections.length > most ? [`and ${sections.length - most} more`] : [];
  return wrapNames(`affects ${plural(sections.length, "section")}:`, [...sections.slice(0, most), ...more], columns, HANGING);
}

function describeWitness({ direction, offset, exact, source, destination }: Witness): string {
  const at = exact ? `byte ${offset}` : `byte ${offset} or later`;
  return `${direction}, ${at}: ${describeFields(source)} written, ${describeFields(destination)} read`;
}

function describeFields(fields: readonly WitnessField[]): string {
  if (fields.length === 0) return "nothing";
  return fields.map(({ path, size }) => `'${path}' (${size === null ? "size unknown" : plural(size, "byte")})`).join(" + ");
}
