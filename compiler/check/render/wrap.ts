/**
 * A quoted name counts as one word, whatever is in it; an apostrophe inside a word opens nothing. Made when it is wanted: the tables of all
 * letters take longer to build than a report to print.
 */
const anyWord = (): RegExp => /(\s*)((?:(?<![\p{L}\p{N}])(?:'[^']{0,200}'|"[^"]{0,200}")(?![\p{L}\p{N}])|\S)+)/gu;
/** The same for plain text (and the dots that stand for a path), without those tables. */
const asciiWord = (): RegExp => /(\s*)((?:(?<![A-Za-z0-9])(?:'[^']{0,200}'|"[^"]{0,200}")(?![A-Za-z0-9])|\S)+)/g;
const NOT_ASCII = /[^ -~\u2026]/;

interface Piece {
  readonly gap: string;
  readonly word: string;
}

export interface Indent {
  readonly first: string;
  readonly rest: string;
}

/** Prose in lines of at most `columns`, which a word longer than that overruns: names are never cut. */
export function wrapProse(text: string, columns: number, indent: Indent): string[] {
  if (widthOf(text) + widthOf(indent.first) <= columns && !text.includes("  ")) return [indent.first + text];
  const word = NOT_ASCII.test(text) ? anyWord() : asciiWord();
  const pieces: Piece[] = [];
  for (let match = word.exec(text); match !== null; match = word.exec(text)) pieces.push({ gap: match[1] ?? "", word: match[2] ?? "" });
  return fill(pieces, columns, indent);
}

/** Names with a comma after each but the last, after a lead-in in words. */
export function wrapNames(lead: string, names: readonly string[], columns: number, indent: Indent): string[] {
  const words = names.map((name, index) => (index === names.length - 1 ? name : `${name},`));
  return fill(
    [...lead.split(" "), ...words].map((word) => ({ gap: " ", word })),
    columns,
    indent,
  );
}

/** Columns that the text takes, without the colours in it. */
export function widthOf(text: string): number {
  return NOT_ASCII.test(text) ? [...text.replaceAll(COLOUR, "")].length : text.length;
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

function fill(pieces: readonly Piece[], columns: number, { first, rest }: Indent): string[] {
  const lines: string[] = [];
  let line = first;
  let width = widthOf(first);
  let empty = true;
  for (const { gap, word } of pieces) {
    const own = widthOf(word);
    if (empty || width + gap.length + own <= columns) {
      const before = empty ? "" : gap;
      line += before + word;
      width += before.length + own;
    } else {
      lines.push(line);
      line = rest + word;
      width = widthOf(rest) + own;
    }
    empty = false;
  }
  return [...lines, line].map((each) => each.trimEnd());
}
