import { skipString } from "./json-index.ts";

/** Whether no string holds a brace, as in all real metadata. A backslash counts as one: the quote behind it may be part of its string. */
export function areStringsPlain(text: string): boolean {
  const run = /(?:[^"]*"[^"{}\\]*"){16}/y;
  let at = 0;
  while (run.test(text)) at = run.lastIndex;
  for (let open = text.indexOf('"', at); open >= 0; open = text.indexOf('"', at)) {
    at = skipString(text, open);
    if (/[{}\\]/.test(text.slice(open, at))) return false;
  }
  return true;
}

/** How often a character occurs. */
export function occurrences(text: string, mark: string): number {
  const run = runOf(mark, RUN);
  let count = 0;
  let at = 0;
  for (; run.test(text); at = run.lastIndex) count += RUN;
  for (at = text.indexOf(mark, at); at >= 0; at = text.indexOf(mark, at + 1)) count++;
  return count;
}

const RUN = 256;

/**
 * Matches from `lastIndex` on up to and with the `count`-th next `mark`: the engine's own matcher finds many of them in the time in which
 * code that has just started, and is interpreted, finds one.
 */
export function runOf(mark: string, count: number): RegExp {
  return new RegExp(`(?:[^${mark}]*\\${mark}){${count}}`, "y");
}
