import type { Position } from "./input-error.ts";

/** Every how many lines a place is remembered. */
const STEP = 256;

/** Turns offsets into lines and columns. Counts line ends once, and only as far as it was asked. */
export class LineCounter {
  readonly #text: string;
  /** Where every STEP-th line starts. */
  readonly #starts: number[] = [0];
  /** The line up to which all is counted, from 0, and where it starts. */
  #line = 0;
  #start = 0;

  constructor(text: string) {
    this.#text = text;
  }

  positionAt(offset: number): Position {
    this.#countTo(offset);
    let [line, start] = [this.#line, this.#start];
    if (offset < start) {
      const step = this.#stepBefore(offset);
      [line, start] = [step * STEP, this.#starts[step] as number];
      for (let end = this.#text.indexOf("\n", start); end >= 0 && end < offset; end = this.#text.indexOf("\n", start)) {
        line++;
        start = end + 1;
      }
    }
    return { line: line + 1, column: offset - start + 1, offset };
  }

  #countTo(offset: number): void {
    const text = this.#text;
    let line = this.#line;
    let start = this.#start;
    for (let end = text.indexOf("\n", start); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
      start = end + 1;
      if (++line % STEP === 0) this.#starts.push(start);
    }
    this.#line = line;
    this.#start = start;
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
