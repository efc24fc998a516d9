import type { Position } from "./input-error.ts";
import { runOf } from "./scan-text.ts";

/** Every how many lines a place is remembered. */
const STEP = 64;

/** Turns offsets into lines and columns. Counts line ends once, and only as far as it was asked. */
export class LineCounter {
  readonly #text: string;
  readonly #step = runOf("\n", STEP);
  /** Where every STEP-th line starts, as far as they are counted. */
  readonly #starts: number[] = [0];
  #isAll = false;

  constructor(text: string) {
    this.#text = text;
  }

  positionAt(offset: number): Position {
    this.#countTo(offset);
    const step = this.#stepBefore(offset);
    let line = step * STEP;
    let start = this.#starts[step] as number;
    for (let end = this.#text.indexOf("\n", start); end >= 0 && end < offset; end = this.#text.indexOf("\n", start)) {
      line++;
      start = end + 1;
    }
    return { line: line + 1, column: offset - start + 1, offset };
  }

  #countTo(offset: number): void {
    const step = this.#step;
    step.lastIndex = this.#starts.at(-1) as number;
    while (!this.#isAll && step.lastIndex <= offset) {
      this.#isAll = !step.test(this.#text);
      if (!this.#isAll) this.#starts.push(step.lastIndex);
    }
  }

  #stepBefore(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
