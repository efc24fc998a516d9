/** The same for plain text (and the dots that stand for a path), without the tables of all letters. */
const ASCII_WORD = /(\s*)((?:(?<![A-Za-z0-9])(?:'[^']{0,200}'|"[^"]{0,200}")(?![A-Za-z0-9])|\S)+)/g;
const NOT_ASCII = /[^ -~\u2026]/;

/** A quoted name counts as one word, whatever is in it; an apostrophe inside a word opens nothing. */
const WORD = /(\s*)((?:(?<![\p{L}\p{N}])(?:'[^']{0,200}'|"[^"]{0,200}")(?![\p{L}\p{N}])|\S)+)/gu;

export interface Indent {
  readonly first: string;
  readonly rest: string;
}

/** Prose in lines of at most `columns`, which a word longer than that overruns: names are never cut. */
export function wrapProse(text: string, columns: number, indent: Indent): string[] {
  if (widthOf(text) + widthOf(indent.first) <= columns && !text.includes("  ")) return [indent.first + text];
  return fill(
    [...text.matchAll(NOT_ASCII.test(text) ? WORD : ASCII_WORD)].map(([, gap = "", word = ""]) => ({ gap: gap === "" ? "" : gap, word })),
    columns,
    indent,
  );
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
  const plain = text.includes("\u001b") ? text.replaceAll(COLOUR, "") : text;
  return NOT_ASCII.test(plain) ? [...plain].length : plain.length;
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

function fill(pieces: readonly { readonly gap: string; readonly word: string }[], columns: number, { first, rest }: Indent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const { gap, word } of pieces) {
    if (empty) line += word;
    else if (widthOf(line) + gap.length + widthOf(word) <= columns) line += gap + word;
    else {
      lines.push(line);
      line = rest + word;
    }
    empty = false;
  }
  return [...lines, line].map((each) => each.trimEnd());
}
