import { type Clock, sleep } from "./clock.ts";

/** Ms of traffic that may be sent at once. */
const BURST = 10;

/** Holds traffic to a rate. */
export class Pace {
  readonly #clock: Clock;
  /** When what was sent so far will have gone at its rate. */
  #until = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when so many bytes more may follow those before, at so many a second; 0 for any. */
  async spend(bytes: number, rate: number): Promise<void> {
    if (rate === 0) return;
    const now = this.#clock.now();
    this.#until = Math.max(this.#until, now - BURST) + (bytes / rate) * 1000;
    const wait = this.#until - now;
    if (wait > 0) await sleep(this.#clock, wait);
  }
}
