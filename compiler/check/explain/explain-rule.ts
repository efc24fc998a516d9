import { DIRECTIONS } from "../pair.ts";
import { type Paint, painter } from "../render/paint.ts";
import { wrapProse } from "../render/wrap.ts";
import { type CatalogueEntry, catalogue } from "./catalogue.ts";
import { EXAMPLES } from "./examples.ts";
import { sideBySide } from "./side-by-side.ts";
import { suggest } from "./suggest.ts";

/** What a rule looks at, in a user's words where ours are shorter. */
const NOUNS: Readonly<Record<string, string>> = { vmsd: "description", metadata: "whole file" };

export interface ExplainOptions {
  readonly colour?: boolean;
  readonly columns?: number;
}

/**
 * The page of a rule: what it means, why, what to do, and its example with what is said about it. An id that a check and a lint
 * rule share gives both. Undefined when there is no such rule; suggestRules then knows what may be meant.
 */
export function explainRule(id: string, { colour = false, columns = 100 }: ExplainOptions = {}): string | undefined {
  const entries = catalogue().filter((entry) => entry.id === id);
  if (entries.length === 0) return undefined;
  const paint = painter(colour);
  return `${entries.map((entry) => page(entry, paint, Math.max(columns, 30)).join("\n")).join("\n\n")}\n`;
}

/** Ids of rules that look like this one, best first. */
export function suggestRules(id: string): string[] {
  return suggest(
    id,
    catalogue().map((entry) => entry.id),
  );
}

function page(entry: CatalogueEntry, paint: Paint, columns: number): string[] {
  const command = entry.kind === "check" ? "vmstate-check" : "vmstate lint";
  const prose = (label: string, text: string): string[] => wrapProse(`${label}: ${text}`, columns, { first: "", rest: "  " });
  return [
    `${paint("bold", entry.id)}  ${paint(entry.level, entry.level)}`,
    `${command}, on a ${NOUNS[entry.on] ?? entry.on}`,
    "",
    ...wrapProse(`${entry.summary.charAt(0).toUpperCase()}${entry.summary.slice(1)}.`, columns, { first: "", rest: "" }),
    "",
    ...prose("why", entry.why),
    ...prose("fix", entry.fix),
    "",
    ...(entry.kind === "check" ? checkExample(entry, paint, columns) : lintExample(entry, paint, columns)),
  ];
}

function checkExample({ id }: CatalogueEntry, paint: Paint, columns: number): string[] {
  const example = EXAMPLES.check[id];
  if (example === undefined) return [];
  const { levels, certainty, path, message, advice, predictedError } = example;
  const graded = DIRECTIONS.map((direction) => `${direction} ${levels[direction]}`).join(", ");
  return [
    paint("bold", "Example"),
    ...sideBySide(["old", ...example.old.map(inset)], ["new", ...example.new.map(inset)], columns, "  "),
    "",
    paint("bold", "vmstate-check says"),
    ...said([`${path}: ${graded} (${certainty})`, message, ...(advice === "" ? [] : [`fix: ${advice}`])], columns),
    ...said([predictedError === undefined ? "No error of QEMU's loader is predicted." : `fails with: ${predictedError}`], columns),
  ];
}

function lintExample({ id }: CatalogueEntry, paint: Paint, columns: number): string[] {
  const example = EXAMPLES.lint[id];
  if (example === undefined) return [];
  const { file, level, path, message, advice } = example;
  return [
    paint("bold", "Example"),
    ...file.map((line) => `  ${line}`),
    "",
    paint("bold", "vmstate lint says"),
    ...said([`${path}: ${level}`, message, `fix: ${advice}`], columns),
  ];
}

function said(texts: readonly string[], columns: number): string[] {
  return texts.flatMap((text) => wrapProse(text, columns, { first: "  ", rest: "    " }));
}

function inset(line: string): string {
  return `  ${line}`;
}
