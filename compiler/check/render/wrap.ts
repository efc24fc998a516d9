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
  const lines = new Lines(columns, indent);
  for (let end = 0; ; ) {
    BLANKS.lastIndex = end;
    BLANKS.test(text);
    word.lastIndex = BLANKS.lastIndex;
    if (!word.test(text)) return lines.all();
    lines.add(text.slice(end, BLANKS.lastIndex), text.slice(BLANKS.lastIndex, word.lastIndex));
    end = word.lastIndex;
  }
}

/** Names with a comma after each but the last, after a lead-in in words. */
export function wrapNames(lead: string, names: readonly string[], columns: number, indent: Indent): string[] {
  const lines = new Lines(columns, indent);
  for (const word of lead.split(" ")) lines.add(" ", word);
  for (let at = 0; at < names.length; at++) lines.add(" ", at === names.length - 1 ? (names[at] as string) : `${names[at]},`);
  return lines.all();
}

/** Columns that the text takes, without the colours in it. */
export function widthOf(text: string): number {
  return NOT_ASCII.test(text) ? [...text.replaceAll(COLOUR, "")].length : text.length;
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Lines that are filled word by word. */
class Lines {
  readonly #columns: number;
  readonly #rest: string;
  readonly #full: string[] = [];
  #line: string;
  #width: number;
  #isEmpty = true;

  constructor(columns: number, { first, rest }: Indent) {
    this.#columns = columns;
    this.#rest = rest;
    this.#line = first;
    this.#width = widthOf(first);
  }

  /** `gap` is what stands between the word and the one before it, if both are on one line. */
  add(gap: string, word: string): void {
    const width = widthOf(word);
    if (this.#isEmpty) {
      this.#line += word;
      this.#width += width;
      this.#isEmpty = false;
    } else if (this.#width + gap.length + width <= this.#columns) {
      this.#line += gap + word;
      this.#width += gap.length + width;
    } else {
      this.#full.push(this.#line.trimEnd());
      this.#line = this.#rest + word;
      this.#width = widthOf(this.#rest) + width;
    }
  }

  all(): string[] {
    return [...this.#full, this.#line.trimEnd()];
  }
}
