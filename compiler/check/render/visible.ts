import type { Report } from "../report.ts";

/** Without a match there is nothing to escape, as in nearly every text. */
const NOT_PLAIN = /[^ -[\]-~\u2026]/;
/** The same for JSON, where a quote has a backslash. */
const NOT_PLAIN_JSON = /[^ -~\u2026]|\\[^"]/;

/** A backslash that would read as one of the escapes below. */
const LOOKS_ESCAPED = /\\(?=x[0-9a-f]{2}|u[0-9a-f]{4}|u\{)/g;

/**
 * Whatever moves a cursor, breaks a line, turns the writing direction or cannot be encoded; any space but the plain one. Made when it is
 * wanted: its tables take longer to build than a report to print.
 */
const invisible = (): RegExp => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|(?! )\p{Zs}/gu;

/** The text on one line, with every character that a terminal or a parser could act on shown as its escape: `\x1b`, `\u202e`. */
export function visible(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text.replace(LOOKS_ESCAPED, "\\x5c").replace(invisible(), escaped);
}

/** The report with every string visible, keys too, so that a renderer of text need not think of it. Two names never become one. */
export function visibleReport(report: Report): Report {
  return NOT_PLAIN_JSON.test(JSON.stringify(namesIn(report))) ? (mapStrings(report) as Report) : report;
}

/** All that an input can have put into a report. Lines, columns and digests are left out: they are worked out only when read. */
function namesIn({ old, new: new_, findings, sections, ...rest }: Report): unknown {
  const descriptions = Object.entries(sections).map(([name, { vmsd, opaque }]) => [name, vmsd, opaque]);
  const places = findings.map(({ old: from, new: to, ...finding }) => [finding, from?.pointer, from?.at, to?.pointer, to?.at]);
  return [rest, descriptions, places, old.path, old.machine, new_.path, new_.machine];
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code <= 0xff ? `\\x${hex.padStart(2, "0")}` : code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

function mapStrings(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(mapStrings);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), mapStrings(inner)]));
}
