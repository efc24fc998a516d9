/**
 * `missing`: there is no such binary. `exited`: the process is gone. `start`: it does not open its monitor in time. `migration`: a
 * migration does not complete. `guest`: our own guest does not run as it must.
 */
export type QemuCode = "missing" | "exited" | "start" | "migration" | "guest";

/** What a `QemuError` knows beside its sentence. */
export interface QemuFacts {
  readonly binary: string;
  /** Exit status, or the signal that ended the process; `undefined` while it runs. */
  readonly status?: number | string | undefined;
  /** The last of what the process wrote on standard error. */
  readonly lastWords?: string | undefined;
}

/** A QEMU that is not there, not there any more, or does not do its work. */
export class QemuError extends Error {
  override readonly name = "QemuError";
  readonly code: QemuCode;
  readonly facts: QemuFacts;

  constructor(code: QemuCode, message: string, facts: QemuFacts) {
    const words = facts.lastWords?.trim() ?? "";
    super(words === "" ? message : `${message} Its last words: ${words}`);
    this.code = code;
    this.facts = facts;
  }
}
