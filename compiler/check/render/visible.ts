import type { Finding, Report } from "../report.ts";

/** Without a match there is nothing to escape, as in nearly every text. */
const NOT_PLAIN = /[^ -[\]-~\u2026]/;

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
  return isPlainReport(report) ? report : (mapStrings(report) as Report);
}

function isPlainReport({ old, new: new_, sections, findings, ...rest }: Report): boolean {
  return (
    [rest, old.path, old.machine, new_.path, new_.machine].every(isPlain) &&
    Object.keys(sections).every(isPlain) &&
    Object.values(sections).every(({ vmsd, opaque }) => isPlain(vmsd) && isPlain(opaque)) &&
    findings.every(isPlainFinding)
  );
}

/** Lines and columns are left out, as digests are above: they are worked out only when read. */
function isPlainFinding({ old, new: new_, ...finding }: Finding): boolean {
  return [finding, old?.pointer, old?.at, new_?.pointer, new_?.at].every(isPlain);
}

function isPlain(value: unknown): boolean {
  if (typeof value === "string") return !NOT_PLAIN.test(value);
  if (typeof value !== "object" || value === null) return true;
  const object = value as Readonly<Record<string, unknown>>;
  for (const key in object) if (NOT_PLAIN.test(key) || !isPlain(object[key])) return false;
  return true;
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
