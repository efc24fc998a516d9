/** `refused`: QEMU answered with an error. `time-limit`: it did not answer. `closed`: the connection ended. `not-qmp`: it spoke something else. */
export type QmpCode = "refused" | "time-limit" | "closed" | "not-qmp";

/** A command that had no success. */
export class QmpError extends Error {
  override readonly name = "QmpError";
  readonly code: QmpCode;
  /** The command, or the event that was waited for; empty when the connection itself is meant. */
  readonly command: string;
  /** QEMU's own words, for `refused`; what came instead of a message, for `not-qmp`. */
  readonly detail: string | undefined;

  constructor(code: QmpCode, command: string, message: string, detail?: string) {
    super(message);
    this.code = code;
    this.command = command;
    this.detail = detail;
  }
}
