import type { SpanLog } from "./spans.ts";

/** Pages that several epochs have written to, each counted once. */
export class Union {
  pages = 0;
  readonly #log: SpanLog;
  readonly #seen: Uint32Array;
  #number = 0;

  constructor(log: SpanLog) {
    this.#log = log;
    this.#seen = new Uint32Array(log.count);
  }

  begin(): void {
    this.#number++;
    this.pages = 0;
  }

  add(epoch: number): void {
    const { runs } = this.#log.epochs[epoch] as SpanLog["epochs"][number];
    for (let at = 0; at < runs.length; at += 2) {
      const behind = runs[at + 1] as number;
      for (let span = runs[at] as number; span < behind; span++) {
        if (this.#seen[span] === this.#number) continue;
        this.#seen[span] = this.#number;
        this.pages += this.#log.pages[span] as number;
      }
    }
  }
}
