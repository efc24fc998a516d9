import type { Clock } from "./clock.ts";

/** Ms of traffic that may be sent at once. */
const BURST = 10;

/** Holds traffic to a rate. */
export class Pace {
  readonly #clock: Clock;
  #rate: number;
  /** When what was sent so far will have gone at that rate. */
  #until = Number.NEGATIVE_INFINITY;

  /** Bytes a second; 0 for any. */
  constructor(clock: Clock, rate: number) {
    this.#clock = clock;
    this.#rate = rate;
  }

  set rate(bytesPerSecond: number) {
    this.#rate = bytesPerSecond;
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** Resolves when so many bytes more may follow those before. */
  async spend(bytes: number): Promise<void> {
    if (this.#rate === 0) return;
    const now = this.#clock.now();
    this.#until = Math.max(this.#until, now - BURST) + (bytes / this.#rate) * 1000;
    const wait = this.#until - now;
    if (wait > 0) await new Promise<void>((resolve) => void this.#clock.after(wait, resolve));
  }
}
