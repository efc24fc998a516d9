/** What is wrong with the bytes. Each code is one sentence in the functions below. */
export type LoadCode =
  | "truncated"
  | "too-new"
  | "too-old"
  | "limit"
  | "invalid"
  | "not-equal"
  | "bad-marker"
  | "unknown-subsection"
  | "tree-count";

/** Bytes that a section refuses: hostile, damaged, or of another build. The state that was to be loaded into is as it was. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly code: LoadCode;
  /** Section, subsection and field: `serial/recv_fifo.num`. */
  readonly path: string;
  /** Offset into the reader's bytes where the thing that is wrong begins. */
  readonly offset: number;

  constructor(code: LoadCode, path: string, offset: number, message: string) {
    super(message);
    this.code = code;
    this.path = path;
    this.offset = offset;
  }
}

export type SaveCode = "length" | "limit" | "invalid" | "not-equal" | "bad-marker";

/** A state that cannot be written as its description says. What was written of it is behind the writer's `at` and counts for nothing. */
export class SaveError extends Error {
  override readonly name = "SaveError";
  readonly code: SaveCode;
  readonly path: string;

  constructor(code: SaveCode, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** `missing` and `unknown` are members, `form` is a string of another form, `length` is fixed and `limit` is not. */
export type JsonCode = "type" | "range" | "form" | "length" | "limit" | "missing" | "unknown";

/** JSON from outside that is no state. */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly code: JsonCode;
  /** What is wrong: `ring[3].addr`; empty for the whole. */
  readonly path: string;

  constructor(code: JsonCode, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
