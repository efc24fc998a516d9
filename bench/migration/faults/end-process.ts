import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { SYSTEM_CLOCK } from "../../../runtime/migration/clock.ts";
import type { EndOptions } from "./end.ts";
import type { GuestLine, Line, LookLine, OutcomeLine, Word } from "./lines.ts";

/** A time in which the guest ran at an end, in ms of CLOCK_MONOTONIC. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A process that has one end of a move. */
export class EndProcess {
  readonly role: "source" | "destination";
  readonly record: string;
  readonly lines: Line[] = [];
  /** When something new was last heard of it. */
  heardAt = SYSTEM_CLOCK.now();
  killedAt: number | undefined;
  isDead = false;
  errors = "";
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  readonly #hear: (line: Line) => void;
  #wake = (): void => {};

  constructor(options: EndOptions, dist: string, hear: (line: Line) => void) {
    this.role = options.role;
    this.record = options.record;
    this.#hear = hear;
    this.#child = spawn(process.execPath, [join(dist, "migration-fault-end.cjs"), JSON.stringify(options)]);
    this.#child.stdin?.on("error", () => {});
    let text = "";
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const pieces = text.split("\n");
      text = pieces.pop() ?? "";
      for (const piece of pieces) this.#take(JSON.parse(piece) as Line);
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.errors += chunk;
    });
    this.#gone = new Promise((resolve) => {
      this.#child.once("close", () => {
        this.isDead = true;
        this.#wake();
        resolve();
      });
    });
  }

  #take(line: Line): void {
    if (!isVain(line)) this.heardAt = SYSTEM_CLOCK.now();
    this.lines.push(line);
    this.#hear(line);
    this.#wake();
  }

  say(word: Word): void {
    this.#child.stdin?.write(`${word}\n`);
  }

  /** The first line that is one of these; fails when the process ends without one. */
  async line<T extends Line>(is: (line: Line) => line is T): Promise<T> {
    for (;;) {
      const found = this.lines.find(is);
      if (found !== undefined) return found;
      if (this.isDead) throw new Error(`The ${this.role} has ended without a word: ${this.errors}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Gone for good, as the system says when this resolves. */
  kill(): Promise<void> {
    this.killedAt ??= SYSTEM_CLOCK.now();
    this.#child.kill("SIGKILL");
    return this.#gone;
  }

  stop(milliseconds: number): Promise<void> {
    this.#child.kill("SIGSTOP");
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#child.kill("SIGCONT");
        this.heardAt = SYSTEM_CLOCK.now();
        resolve();
      }, milliseconds);
    });
  }

  get outcome(): OutcomeLine | undefined {
    return this.lines.find((line) => "outcome" in line);
  }

  get guestLines(): readonly GuestLine[] {
    return this.lines.filter((line) => "guest" in line);
  }

  get runs(): boolean {
    return !this.isDead && this.guestLines.at(-1)?.guest === "runs";
  }

  /** Those in which its guest ran: a dead one ran no longer than to its death. */
  get intervals(): readonly Interval[] {
    const intervals: Interval[] = [];
    let from: number | undefined;
    for (const { guest, at } of this.guestLines) {
      if (guest === "runs") from = at;
      else if (from !== undefined) {
        intervals.push({ from, to: at });
        from = undefined;
      }
    }
    if (from !== undefined) intervals.push({ from, to: this.killedAt ?? Number.POSITIVE_INFINITY });
    return intervals;
  }
}

/** A source that tries in vain to come to where its guest may be says so each time. */
function isVain(line: Line): boolean {
  return "event" in line && line.event === "MIGRATION" && VAIN.has(line.status);
}

const VAIN: ReadonlySet<string> = new Set(["postcopy-paused", "postcopy-recover", "in-doubt"]);

export const isListening = (line: Line): line is Extract<Line, { readonly listens: string }> => "listens" in line;
export const isLook = (line: Line): line is LookLine => "looked" in line;
