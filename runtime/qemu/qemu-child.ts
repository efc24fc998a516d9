import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { atExit } from "./at-exit.ts";
import { QemuError, type QemuFacts } from "./qemu-error.ts";

/** How much of standard error is kept. */
const LAST_WORDS = 4096;
/** How long standard error is still read after the end, in ms: a child of QEMU (`exec:`) may hold it open. */
const LAST_WORDS_MS = 200;

/** The process without its monitor. */
export class QemuChild {
  readonly process: ChildProcess;
  /** Fulfilled at the end of the process, or when it could not be started. */
  readonly gone: Promise<void>;
  status: number | string | undefined;
  readonly #binary: string;
  #lastWords = "";
  #missing: Error | undefined;

  constructor(binary: string, args: readonly string[]) {
    this.#binary = binary;
    this.process = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
    const forget = atExit(() => this.process.kill("SIGKILL"));
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    });
    this.gone = new Promise((resolve) => {
      const end = (status: number | string): void => {
        this.status = status;
        forget();
        resolve();
      };
      this.process.on("exit", (status, signal) => end(status ?? signal ?? "unknown"));
      this.process.on("error", (error) => {
        if (this.process.pid !== undefined) return;
        this.#missing = error;
        end("never started");
      });
    });
  }

  facts(): QemuFacts {
    return { binary: this.#binary, status: this.status, lastWords: this.#lastWords };
  }

  /** The error that tells of the end; `undefined` when the process lives on, say because it only closed its monitor. */
  async whenGone(): Promise<QemuError | undefined> {
    await Promise.race([this.gone, sleep(LAST_WORDS_MS, undefined, { ref: false })]);
    if (this.#missing !== undefined)
      return new QemuError("missing", `'${this.#binary}' cannot be started: ${this.#missing.message}.`, this.facts());
    if (this.status === undefined) return undefined;
    const { stderr } = this.process;
    if (stderr !== null && !stderr.readableEnded) {
      await Promise.race([once(stderr, "close"), sleep(LAST_WORDS_MS, undefined, { ref: false })]);
    }
    const status = typeof this.status === "number" ? `with status ${this.status}` : `by ${this.status}`;
    return new QemuError("exited", `'${this.#binary}' ended ${status}.`, this.facts());
  }

  async kill(): Promise<void> {
    if (this.status === undefined) this.process.kill("SIGKILL");
    await this.gone;
  }
}
