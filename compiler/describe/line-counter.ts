import { countsBefore } from "./count-marks.ts";
import type { Position } from "./input-error.ts";
import { runOf } from "./scan-text.ts";

/** After how many characters, or lines, a place is remembered. */
const BLOCK = 1024;
const STEP = 64;

/** Turns offsets into lines and columns. Counts line ends once, when it is first asked. */
export class LineCounter {
  readonly #text: string;
  readonly #isAscii: boolean;
  /** Places with the number of line ends before each. The last of these is near, so that the start of the line is soon found. */
  readonly #places: number[] = [0];
  readonly #lines: number[] = [0];
  #isCounted = false;

  constructor(text: string, isAscii = false) {
    this.#text = text;
    this.#isAscii = isAscii;
  }

  positionAt(offset: number): Position {
    if (!this.#isCounted) this.#count();
    const text = this.#text;
    const nearest = this.#placeBefore(offset);
    const place = this.#places[nearest] as number;
    let line = this.#lines[nearest] as number;
    let start = -1;
    for (let end = text.indexOf("\n", place); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
      line++;
      start = end + 1;
    }
    if (start < 0) start = place === 0 ? 0 : text.lastIndexOf("\n", place - 1) + 1;
    return { line: line + 1, column: offset - start + 1, offset };
  }

  #count(): void {
    this.#isCounted = true;
    const counts = this.#isAscii ? countsBefore(this.#text, "\n", BLOCK) : undefined;
    if (counts === undefined) this.#countByRuns();
    else for (let at = 1; at < counts.length; at++) if (counts[at] !== counts[at - 1]) this.#remember(at * BLOCK, counts[at] as number);
  }

  #countByRuns(): void {
    const run = runOf("\n", STEP);
    for (let lines = STEP; run.test(this.#text); lines += STEP) this.#remember(run.lastIndex, lines);
  }

  #remember(place: number, lines: number): void {
    this.#places.push(place);
    this.#lines.push(lines);
  }

  #placeBefore(offset: number): number {
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#places[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
