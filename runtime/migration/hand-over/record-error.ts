export type RecordCode = "missing" | "damaged" | "foreign" | "taken" | "unfinished" | "not-a-step" | "failed";

/** A record that says nothing, or not to this one: never to be taken for the right to run. */
export class RecordError extends Error {
  override readonly name = "RecordError";
  readonly code: RecordCode;
  /** The record's folder, or the file in it that it is about. */
  readonly path: string;

  constructor(code: RecordCode, path: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.path = path;
  }
}
