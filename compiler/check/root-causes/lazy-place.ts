import type { Position, Source } from "../../describe/index.ts";
import type { Place } from "../report.ts";

const NOWHERE: Position = { line: 1, column: 1, offset: 0 };

/**
 * A place that is looked up in the text when it is read: a text report shows few of the places of a large check. The getters are properties
 * of the object itself, as reports are copied and printed, and one set of them serves all places: a getter is held by the hidden class of
 * its object, and one that was made for a place would keep the whole input alive from one comparison to the next.
 */
export class LazyPlace implements Place {
  readonly pointer: string;
  declare readonly at?: string;
  declare readonly line: number;
  declare readonly column: number;
  declare readonly offset: number;
  declare readonly end: number;
  readonly #source: Source;
  #start: Position | undefined;

  constructor(source: Source, pointer: string, at: string | undefined) {
    this.#source = source;
    this.pointer = pointer;
    if (at !== undefined) this.at = at;
    Object.defineProperties(this, LOOKED_UP);
  }

  start(): Position {
    this.#start ??= this.#source.startOf(this.pointer) ?? NOWHERE;
    return this.#start;
  }

  endOffset(): number {
    return this.#source.locate(this.pointer)?.end ?? 0;
  }
}

const LOOKED_UP = {
  line: { enumerable: true, get: lineOf },
  column: { enumerable: true, get: columnOf },
  offset: { enumerable: true, get: offsetOf },
  end: { enumerable: true, get: endOf },
};

function lineOf(this: LazyPlace): number {
  return this.start().line;
}

function columnOf(this: LazyPlace): number {
  return this.start().column;
}

function offsetOf(this: LazyPlace): number {
  return this.start().offset;
}

function endOf(this: LazyPlace): number {
  return this.endOffset();
}
