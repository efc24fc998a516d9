/**
 * A quoted name counts as one word, whatever is in it; an apostrophe inside a word opens nothing. Made when it is wanted: the tables of all
 * letters take longer to build than a report to print.
 */
const anyWord = (): RegExp => /(?:(?<![\p{L}\p{N}])(?:'[^']{0,200}'|"[^"]{0,200}")(?![\p{L}\p{N}])|\S)+/uy;
/** The same for plain text (and the dots that stand for a path), without those tables. */
const asciiWord = (): RegExp => /(?:(?<![A-Za-z0-9])(?:'[^']{0,200}'|"[^"]{0,200}")(?![A-Za-z0-9])|\S)+/y;
const BLANKS = /\s*/y;
const NOT_ASCII = /[^ -~\u2026]/;

export interface Indent {
  readonly first: string;
  readonly rest: string;
}

/** Prose in lines of at most `columns`, which a word longer than that overruns: names are never cut. */
export function wrapProse(text: string, columns: number, indent: Indent): string[] {
  if (widthOf(text) + widthOf(indent.first) <= columns && !text.includes("  ")) return [indent.first + text];
  const word = NOT_ASCII.test(text) ? anyWord() : asciiWord();
  const parts: string[] = [];
  for (let end = 0; ; ) {
    BLANKS.lastIndex = end;
    BLANKS.test(text);
    word.lastIndex = BLANKS.lastIndex;
    if (!word.test(text)) return fill(parts, columns, indent);
    parts.push(text.slice(end, BLANKS.lastIndex), text.slice(BLANKS.lastIndex, word.lastIndex));
    end = word.lastIndex;
  }
}

/** Names with a comma after each but the last, after a lead-in in words. */
export function wrapNames(lead: string, names: readonly string[], columns: number, indent: Indent): string[] {
  const parts: string[] = [];
  for (const word of lead.split(" ")) parts.push(" ", word);
  for (let at = 0; at < names.length; at++) parts.push(" ", at === names.length - 1 ? (names[at] as string) : `${names[at]},`);
  return fill(parts, columns, indent);
}

/** Columns that the text takes, without the colours in it. */
export function widthOf(text: string): number {
  return NOT_ASCII.test(text) ? [...text.replaceAll(COLOUR, "")].length : text.length;
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** `parts` are words, each behind what stands between it and the word before it if both are on one line. */
function fill(parts: readonly string[], columns: number, { first, rest }: Indent): string[] {
  const lines: string[] = [];
  let line = first;
  let width = widthOf(first);
  for (let at = 0; at < parts.length; at += 2) {
    const gap = at === 0 ? "" : (parts[at] as string);
    const word = parts[at + 1] as string;
    const own = widthOf(word);
    if (at === 0 || width + gap.length + own <= columns) {
      line += gap + word;
      width += gap.length + own;
    } else {
      lines.push(line.trimEnd());
      line = rest + word;
      width = widthOf(rest) + own;
    }
  }
  return [...lines, line.trimEnd()];
}
