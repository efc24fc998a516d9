import type { Problem } from "../../runtime/stream/errors.ts";

/** A problem as a line: where in the file, in what, and the sentence. */
export function problemLine(path: string, { at, path: where, message }: Problem): string {
  return `${path === "-" ? "<stdin>" : path}: offset ${at} (0x${at.toString(16)})${where === "" ? "" : `, ${where}`}: ${message}\n`;
}

/** Codes of what makes the rest of a stream unreadable. */
const ENDING: ReadonlySet<Problem["code"]> = new Set([
  "truncated",
  "unknown-type",
  "unknown-section",
  "unknown-record",
  "unframed",
  "limit",
  "no-block",
  "unknown-block",
]);

/** The first that ended the reading, where one did. */
export function endOf(problems: readonly Problem[]): Problem | undefined {
  return problems.find(({ code }) => ENDING.has(code));
}
