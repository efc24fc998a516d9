import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { createControl, GO, PARKED, RUN, STALL, STOP, wake } from "./control.ts";
import { CODE } from "./gen/thread.ts";
import type { ThreadData } from "./thread.ts";

const SOURCE = Buffer.from(CODE, "base64").toString();

/** How long whoever asks waits for the threads without letting anything else run, in ms: a write takes them some microseconds. */
const PATIENCE = 5;

/** The threads of a guest, which stand still until they are let run. */
export class Threads {
  readonly control = createControl();
  /** Hears of each page that a thread asks for, as it is missing. */
  asked: (page: number) => void = () => {};
  readonly #workers: Worker[] = [];
  #failure: Error | undefined;

  start(data: Omit<ThreadData, "writer" | "control">, writers: number): Promise<void> {
    for (const writer of [undefined, ...Array(writers).keys()]) {
      const workerData: ThreadData = { ...data, writer, control: this.control.buffer };
      // What this process was told at its start is nothing to them.
      const worker = new Worker(SOURCE, { eval: true, workerData, execArgv: [], name: writer === undefined ? "tick" : `writer ${writer}` });
      worker.on("error", (error: Error) => {
        this.#failure = error;
      });
      worker.on("message", (page: number) => this.asked(page));
      // A guest that nobody ended keeps no process alive.
      worker.unref();
      this.#workers.push(worker);
    }
    return this.#stand();
  }

  run(): void {
    Atomics.or(this.control, GO, RUN);
    wake(this.control);
  }

  pause(): Promise<void> {
    Atomics.and(this.control, GO, ~RUN);
    wake(this.control);
    return this.#stand();
  }

  /** Holds them up, running or not, until they are let go on. */
  stall(isStalled: boolean): void {
    if (isStalled) Atomics.or(this.control, GO, STALL);
    else Atomics.and(this.control, GO, ~STALL);
    wake(this.control);
  }

  /** Lets those look again who wait. */
  wake(): void {
    wake(this.control);
  }

  set(word: number, value: number): void {
    Atomics.store(this.control, word, value);
    wake(this.control);
  }

  async stop(): Promise<void> {
    Atomics.or(this.control, GO, STOP);
    wake(this.control);
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  async #stand(): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      const parked = Atomics.load(this.control, PARKED);
      if (parked === this.#workers.length) return;
      if (this.#failure !== undefined) throw this.#failure;
      if (performance.now() < deadline) Atomics.wait(this.control, PARKED, parked, 1);
      else await setTimeout(1);
    }
  }
}
