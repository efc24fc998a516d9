import { continuationsOf } from "./continuation.ts";
import { type Growth, growthOf } from "./growth.ts";
import { type Occupancy, occupancyOf } from "./occupancy.ts";
import type { SpanLog } from "./spans.ts";

/** What is known of a log, once for all replays of it. */
export interface Replayed {
  readonly log: SpanLog;
  readonly occupancy: Occupancy;
  readonly growth: Growth;
  readonly continuations: readonly number[];
}

export function replayed(log: SpanLog): Replayed {
  return { log, occupancy: occupancyOf(log), growth: growthOf(log), continuations: continuationsOf(log) };
}

/** A guest that does what a log says, from some moment of it on, and for ever. */
export class Replay {
  readonly #known: Replayed;
  readonly #random: () => number;
  #epoch: number;
  #into: number;

  /** `start` in ms since the log's beginning. `random` gives numbers from 0 to below 1. */
  constructor(known: Replayed, start: number, random: () => number) {
    this.#known = known;
    this.#random = random;
    const { epochs } = known.log;
    let rest = start;
    this.#epoch = 0;
    while (this.#epoch < epochs.length - 1 && rest >= this.#length) {
      rest -= this.#length;
      this.#epoch++;
    }
    this.#into = Math.min(rest, this.#length / 2);
  }

  /** Lets the guest run, and calls for each span that it writes to; ends early when that gives false. */
  run(milliseconds: number, write: (span: number) => boolean): void {
    for (let rest = milliseconds; rest > 0; ) {
      const length = this.#length;
      const part = Math.min(rest, length - this.#into);
      if (!this.#write(part, length, write)) return;
      rest -= part;
      this.#into += part;
      // What is left of it may be too little to count.
      if (length - this.#into < 1e-6) this.#next();
    }
  }

  get #length(): number {
    return this.#known.log.epochs[this.#epoch]?.milliseconds ?? 0;
  }

  #next(): void {
    this.#into = 0;
    this.#epoch++;
    const { log, continuations } = this.#known;
    if (this.#epoch < log.epochs.length) return;
    this.#epoch = (continuations[Math.floor(this.#random() * continuations.length)] ?? 0) % log.epochs.length;
  }

  /**
   * A part of an epoch takes its share of the pages. Which those are is drawn, but so that all parts together take every page: a page has a
   * place in the epoch, and a part takes what lies behind its beginning, as far as its share goes, and round.
   */
  #write(part: number, length: number, write: (span: number) => boolean): boolean {
    const { runs } = this.#known.log.epochs[this.#epoch] as SpanLog["epochs"][number];
    const share = this.#known.occupancy(part, length);
    const begin = this.#into / length;
    const isWhole = share >= 1;
    const salt = Math.imul(this.#epoch + 1, 0x9e3779b1);
    for (let at = 0; at < runs.length; at += 2) {
      const behind = runs[at + 1] as number;
      for (let span = runs[at] as number; span < behind; span++) {
        if (!isWhole) {
          const place = placeOf(span, salt) - begin;
          if ((place < 0 ? place + 1 : place) >= share) continue;
        }
        if (!write(span)) return false;
      }
    }
    return true;
  }
}

/** 0 to below 1. */
function placeOf(span: number, salt: number): number {
  let hash = Math.imul(span ^ salt, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
