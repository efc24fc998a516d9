import type { Guest } from "../guest.ts";
import type { Rhythm } from "../workload/workload.ts";

/** Tokens that may gather, in ms of the rate that they come at. */
const BURST = 10;

/** How many writes are due at each turn of a stepped guest: its rate, less what is taken from it. Shares are taken of every turn alike. */
export class StepPace {
  readonly #perMs: number;
  readonly #rhythm: Rhythm | undefined;
  #at = 0;
  #due = 0;
  #tokens = 0;
  #percent = 0;
  #sleep: Parameters<Guest["sleepWriters"]>[0];
  #limit: number | undefined;

  constructor(rate: number, rhythm: Rhythm | undefined) {
    this.#perMs = rate / 1000;
    this.#rhythm = rhythm;
  }

  restart(now: number): void {
    this.#at = now;
    this.#due = 0;
    this.#tokens = 0;
  }

  throttle(percent: number): void {
    if (!(percent >= 0 && percent <= 99)) throw new RangeError(`A throttle takes 0 to 99 per cent, not ${percent}.`);
    this.#percent = percent;
  }

  sleep(sleep: Parameters<Guest["sleepWriters"]>[0]): void {
    this.#sleep = sleep;
  }

  limit(pagesPerSecond: number | undefined): void {
    this.#limit = pagesPerSecond;
    this.#tokens = 0;
  }

  /** `write` says whether it made a clean page dirty; nothing when it has to wait. */
  turn(now: number, write: () => boolean | undefined): void {
    const passed = now - this.#at;
    this.#at = now;
    if (this.#limit !== undefined) {
      const most = Math.max(1, (this.#limit * BURST) / 1000);
      this.#tokens = Math.min(most, this.#tokens + (this.#limit * passed) / 1000);
    }
    if (this.#rhythm !== undefined && now % (this.#rhythm.on + this.#rhythm.off) >= this.#rhythm.on) return;
    this.#due += passed * this.#perMs * this.#share();
    for (; this.#due >= 1; this.#due--) {
      if (this.#limit !== undefined && this.#tokens < 1) {
        // The guest waits for a token, and catches up with nothing.
        this.#due = 0;
        return;
      }
      const wasClean = write();
      if (wasClean === undefined) {
        this.#due = 0;
        return;
      }
      if (wasClean) this.#tokens--;
    }
  }

  #share(): number {
    const asleep = this.#sleep === undefined ? 0 : this.#sleep.ms / Math.max(this.#sleep.every, this.#sleep.ms);
    return (1 - this.#percent / 100) * (1 - asleep);
  }
}
