import type { Rhythm } from "../workload/workload.ts";

/** A writer's vCPU runs that long between two sleeps of a throttle, in ms. */
const SLICE = 10;
/** A writer that fell behind its rate catches up with that much of it, in ms. */
const BEHIND = 10;
/** A shorter sleep would take more time to begin and to end. */
const SHORTEST = 0.5;

/** How a writer is slowed down just now. */
export interface Slowed {
  readonly percent: number;
  readonly sleep: number;
  readonly every: number;
}

/** When a writer writes: how fast it is by itself, and what is taken from it. Times are in ms. */
export class Pace {
  readonly #perMs: number | undefined;
  readonly #rhythm: Rhythm | undefined;
  #sliceFrom: number;
  #sleepsFrom: number | undefined;
  #sleptAt: number | undefined;
  /** Writes since `#from` are what the rate is held against. */
  #from: number;
  #written = 0;

  constructor(now: number, perMs: number | undefined, rhythm: Rhythm | undefined) {
    this.#perMs = perMs;
    this.#rhythm = rhythm;
    this.#sliceFrom = now;
    this.#from = now;
  }

  /** Whether each write has to ask. */
  get isExact(): boolean {
    return this.#perMs !== undefined;
  }

  /** After time in which it could not write, none of which it catches up with. */
  restart(now: number): void {
    this.#sliceFrom = now;
    this.#sleepsFrom = undefined;
    this.#from = now;
    this.#written = 0;
  }

  wrote(): void {
    this.#written++;
  }

  /** How long it is to sleep before its next write; ask again then, or when it was woken. 0 when it may write. */
  wait(now: number, slowed: Slowed): number {
    const slept = this.#throttled(now, slowed) || this.#sleeping(now, slowed) || this.#resting(now);
    if (slept > 0) {
      this.#from = now + slept;
      this.#written = 0;
      return slept;
    }
    return this.#early(now);
  }

  /** As QEMU's vCPUs: of each slice's time and what follows it that share is slept. */
  #throttled(now: number, { percent }: Slowed): number {
    if (percent === 0) {
      this.#sliceFrom = now;
      this.#sleepsFrom = undefined;
      return 0;
    }
    if (this.#sleepsFrom === undefined && now - this.#sliceFrom >= SLICE) this.#sleepsFrom = now;
    if (this.#sleepsFrom === undefined) return 0;
    const left = this.#sleepsFrom + (percent / (100 - percent)) * SLICE - now;
    if (left > 0) return left;
    this.#sleepsFrom = undefined;
    this.#sliceFrom = now;
    return 0;
  }

  #sleeping(now: number, { sleep, every }: Slowed): number {
    if (sleep === 0) {
      this.#sleptAt = undefined;
      return 0;
    }
    if (this.#sleptAt === undefined || now - this.#sleptAt >= Math.max(every, sleep)) this.#sleptAt = now;
    return Math.max(0, this.#sleptAt + sleep - now);
  }

  #resting(now: number): number {
    if (this.#rhythm === undefined) return 0;
    const { on, off } = this.#rhythm;
    const phase = now % (on + off);
    return phase < on ? 0 : on + off - phase;
  }

  #early(now: number): number {
    const perMs = this.#perMs;
    if (perMs === undefined) return 0;
    const due = this.#from + this.#written / perMs;
    if (now - due > BEHIND) {
      this.#from = now - BEHIND;
      this.#written = 0;
    }
    return due <= now ? 0 : Math.max(due - now, SHORTEST);
  }
}
