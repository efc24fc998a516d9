import type { Difference, Side } from "../../runtime/stream/diff/difference.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import { buffered } from "./buffered.ts";
import { count, differenceLine } from "./render-diff.ts";

/** The id of what `diff --format json` prints; within /1 keys are added, never renamed. */
const DIFF_SCHEMA = "vmstate-stream-diff/1";
/** Runs of pages that are shown of a block, unless all are asked for. */
const FIRST_RUNS = 10;

export interface SideProblem extends Problem {
  readonly side: Side;
}

interface Tally {
  readonly block: string;
  pages: number;
  runs: number;
}

/** Prints each difference as it is found: of RAM there may be as many as pages. */
export abstract class DiffReport {
  /** Differences so far. */
  found = 0;
  readonly blocks = new Map<string, Tally>();
  readonly out: ReturnType<typeof buffered>;

  constructor(write: (text: string) => void) {
    this.out = buffered(write);
  }

  add(difference: Difference): void {
    if (difference.difference === "pages") {
      const { block, pages } = difference;
      const tally = this.blocks.get(block) ?? { block, pages: 0, runs: 0 };
      tally.pages += pages;
      tally.runs++;
      this.blocks.set(block, tally);
    }
    this.show(difference);
    this.found++;
  }

  abstract show(difference: Difference): void;
  abstract end(problems: readonly SideProblem[]): void;
}

export class TextReport extends DiffReport {
  readonly #isAll: boolean;

  constructor(write: (text: string) => void, isAll: boolean) {
    super(write);
    this.#isAll = isAll;
  }

  show(difference: Difference): void {
    const runs = difference.difference === "pages" ? (this.blocks.get(difference.block)?.runs ?? 0) : 0;
    if (this.#isAll || runs <= FIRST_RUNS) this.out.add(differenceLine(difference));
  }

  end(): void {
    for (const { block, pages, runs } of this.blocks.values()) {
      const hidden = this.#isAll || runs <= FIRST_RUNS ? "" : `, the first ${FIRST_RUNS} shown`;
      this.out.add(`RAM ${block}: ${count(pages, "page")} differ, in ${count(runs, "run")}${hidden}\n`);
    }
    this.out.add(this.found === 0 ? "no difference\n" : `${count(this.found, "difference")}\n`);
    this.out.flush();
  }
}

export class JsonReport extends DiffReport {
  constructor(write: (text: string) => void, { a, b }: Readonly<Record<Side, string>>) {
    super(write);
    this.out.add(`{"schema": ${JSON.stringify(DIFF_SCHEMA)}, "a": ${JSON.stringify(a)}, "b": ${JSON.stringify(b)}, "differences": [`);
  }

  show(difference: Difference): void {
    this.out.add(`${this.found === 0 ? "" : ","}\n${JSON.stringify(difference)}`);
  }

  end(problems: readonly SideProblem[]): void {
    const tail = { same: this.found === 0, ram: [...this.blocks.values()], problems };
    this.out.add(`\n], ${JSON.stringify(tail).slice(1)}\n`);
    this.out.flush();
  }
}
