import type { RamBlock } from "../guest/guest.ts";
import { bitmapOf, type DirtyPages, orInto } from "./dirty-pages.ts";

interface Generation {
  /** Of the ping behind its pages. */
  readonly ping: number;
  readonly bitmaps: readonly Uint32Array[];
}

/** Generations that are told apart; each costs a bit a page. */
const MOST = 4;

/**
 * Pages that were sent, until the destination has answered a ping that was sent behind them. A connection that breaks has lost some of them,
 * nobody knows which: they are dirty again.
 */
export class Unacknowledged {
  readonly #blocks: readonly RamBlock[];
  #now: readonly Uint32Array[];
  #generations: Generation[] = [];
  #spare: (readonly Uint32Array[])[] = [];

  constructor(blocks: readonly RamBlock[]) {
    this.#blocks = blocks;
    this.#now = blocks.map(bitmapOf);
  }

  add(block: number, page: number): void {
    const bitmap = this.#now[block] as Uint32Array;
    bitmap[page >>> 5] = (bitmap[page >>> 5] as number) | (1 << (page & 31));
  }

  /** What was sent until here is answered with that ping. */
  close(ping: number): void {
    const last = this.#generations.at(-1);
    if (last !== undefined && this.#generations.length === MOST) {
      for (const [at, bitmap] of last.bitmaps.entries()) orInto(bitmap, this.#now[at] as Uint32Array);
      this.#generations[MOST - 1] = { ping, bitmaps: last.bitmaps };
      for (const bitmap of this.#now) bitmap.fill(0);
      return;
    }
    this.#generations.push({ ping, bitmaps: this.#now });
    this.#now = this.#spare.pop() ?? this.#blocks.map(bitmapOf);
  }

  acknowledge(ping: number): void {
    while (this.#generations[0] !== undefined && this.#generations[0].ping <= ping) {
      const { bitmaps } = this.#generations.shift() as Generation;
      for (const bitmap of bitmaps) bitmap.fill(0);
      this.#spare.push(bitmaps);
    }
  }

  /** Makes all of them dirty again. */
  giveBack(dirty: DirtyPages): void {
    for (const { bitmaps } of this.#generations) dirty.add(bitmaps);
    dirty.add(this.#now);
    this.#generations = [];
    for (const bitmap of this.#now) bitmap.fill(0);
  }
}
