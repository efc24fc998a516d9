import type { Clock } from "../clock.ts";

interface Timer {
  readonly time: number;
  readonly call: () => void;
}

/** Operations of the system that end by themselves: while one is under way, something else can happen. As Node names them. */
const SHORT = new Set(["Immediate", "FSReqCallback", "FSReqPromise", "CloseReq"]);

/**
 * Time that moves only when nothing else can happen: then it is at once that of the next timer. Of timers for the same time the one that
 * was asked for first is called first, so that a run with the same seed is the same run. Sockets, threads and compression are not
 * waited for.
 */
export class VirtualClock implements Clock {
  /** In the order in which they are called. */
  readonly #timers: Timer[] = [];
  #now = 0;

  readonly now = (): number => this.#now;

  readonly after = (milliseconds: number, call: () => void): (() => void) => {
    const timer = { time: this.#now + Math.max(0, milliseconds), call };
    if (timer.time < Number.POSITIVE_INFINITY) this.#timers.splice(this.#placeOf(timer.time), 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  };

  /** What comes of the work. Fails when it waits for what never happens, or is not done at `limit` ms; what it waits for is then left. */
  async run<T>(work: Promise<T>, { limit = 1e9 }: { readonly limit?: number } = {}): Promise<T> {
    let isDone = false;
    const done = (): void => {
      isDone = true;
    };
    work.then(done, done);
    for (;;) {
      await quiet();
      if (isDone) return work;
      const next = this.#timers[0];
      if (next === undefined) throw new Error(`Nothing can happen any more at ${this.#now} ms, and the work is not done.`);
      if (next.time > limit) throw new Error(`The work is not done at ${limit} ms.`);
      this.#callNext();
    }
  }

  /** Lets that much time pass, with all that happens in it. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await quiet();
      const next = this.#timers[0];
      if (next === undefined || next.time > until) break;
      this.#callNext();
    }
    this.#now = until;
  }

  #callNext(): void {
    const timer = this.#timers.shift();
    if (timer === undefined) return;
    this.#now = timer.time;
    timer.call();
  }

  /** Behind all timers of that time and before. */
  #placeOf(time: number): number {
    let [from, to] = [0, this.#timers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#timers[middle] as Timer).time <= time) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Resolves when every promise that could go on has done so, and every immediate and file operation has come to its end. */
async function quiet(): Promise<void> {
  do await new Promise(setImmediate);
  while (process.getActiveResourcesInfo().some((name) => SHORT.has(name)));
}
