import { plural } from "../render/counts.ts";
import { type Paint, painter } from "../render/paint.ts";
import { visible } from "../render/visible.ts";
import { wrapProse } from "../render/wrap.ts";
import type { ExplainedMessage, LogExplanation, Suspect } from "./log-explanation.ts";

export interface LogRenderOptions {
  readonly colour: boolean;
  readonly columns: number;
}

interface Sheet {
  readonly paint: Paint;
  readonly columns: number;
}

const MOST_SUSPECTS = 5;
const MOST_SECTIONS = 6;

/** The text of an explained log: the conclusion, then line by line what each message means and who is suspected. */
export function renderLogExplanation(explanation: LogExplanation, { colour, columns }: LogRenderOptions): string {
  const sheet = { paint: painter(colour), columns: Math.max(columns, 30) };
  const sides = explanation.direction === "forward" ? "the old build saved, the new one loads" : "the new build saved, the old one loads";
  const head = [
    `${sheet.paint("bold", explanation.direction)}: ${sides}`,
    ...wrapProse(visible(explanation.conclusion), sheet.columns, FLUSH),
  ];
  return `${[head, ...explanation.messages.map((message) => messageLines(sheet, message))].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const FLUSH = { first: "", rest: "" };
const BODY = { first: "  ", rest: "  " };

function messageLines(sheet: Sheet, { line, text, meaning, lookAt, vmsd, sections, suspects }: ExplainedMessage): string[] {
  const { paint, columns } = sheet;
  const names = sections.length > MOST_SECTIONS ? plural(sections.length, "device type") : sections.join(", ");
  const about =
    vmsd === undefined ? [] : [`Description '${vmsd}'${sections.length === 0 ? ", which neither file holds" : ` of ${names}`}.`];
  const more = suspects.length - MOST_SUSPECTS;
  return [
    ...wrapProse(`line ${line}: ${visible(text)}`, columns, { first: "", rest: "  " }).map((each) => paint("bold", each)),
    ...[meaning, ...about].flatMap((sentence) => wrapProse(visible(sentence), columns, BODY)),
    ...suspects.slice(0, MOST_SUSPECTS).flatMap((suspect) => suspectLines(sheet, suspect)),
    ...(more > 0 ? [`  and ${plural(more, "weaker suspect")}`] : []),
    ...(suspects.length === 0 ? wrapProse(`look at: ${lookAt}`, columns, { first: "  ", rest: "    " }) : []),
  ];
}

function suspectLines({ paint, columns }: Sheet, { strength, path, message, advice, finding }: Suspect): string[] {
  const style = strength === "predicted" || strength === "error" ? "error" : "warning";
  const rule = finding === undefined ? "" : `  ${finding.rule}`;
  return [
    `  ${paint(style, strength)}${rule}  ${paint("bold", visible(path))}`,
    ...[message, `fix: ${advice}`].flatMap((text) => wrapProse(visible(text), columns, { first: "    ", rest: "      " })),
  ];
}
