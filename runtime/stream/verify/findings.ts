import type { Problem, StreamCode } from "../errors.ts";

/** A problem, and whether it is one for a receiver: a note is what every QEMU takes, though hardly one sends it. */
export interface Finding extends Problem {
  readonly level: "error" | "note";
}

/** As many are kept; of a stream that is wrong at every byte more would take more memory than the stream. */
const MOST = 1000;

/** What is wrong with a stream. */
export class Findings {
  readonly #kept: Finding[] = [];
  readonly count = { error: 0, note: 0 };

  error(code: StreamCode, at: number, path: string, message: string): void {
    this.#add({ level: "error", code, at, path, message });
  }

  note(code: StreamCode, at: number, path: string, message: string): void {
    this.#add({ level: "note", code, at, path, message });
  }

  /** By offset. */
  get list(): readonly Finding[] {
    return this.#kept.toSorted((a, b) => a.at - b.at);
  }

  /** How many there are beyond those that are listed. */
  get more(): number {
    return this.count.error + this.count.note - this.#kept.length;
  }

  #add(finding: Finding): void {
    this.count[finding.level]++;
    if (this.#kept.length < MOST) this.#kept.push(finding);
  }
}
