import type { SteppedClock } from "../stepped/stepped-guest.ts";

/** A clock that goes on when it is told to, and calls in order what falls due. */
export class ManualClock implements SteppedClock {
  #now = 1000;
  #calls: { readonly at: number; readonly call: () => void }[] = [];

  now = (): number => this.#now;

  after = (milliseconds: number, call: () => void): (() => void) => {
    const entry = { at: this.#now + milliseconds, call };
    this.#calls.push(entry);
    return () => {
      this.#calls = this.#calls.filter((each) => each !== entry);
    };
  };

  goOn(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#calls.toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#calls = this.#calls.filter((each) => each !== next);
      this.#now = next.at;
      next.call();
    }
    this.#now = end;
  }
}
