/** What is wrong with a stream. `truncated` to `limit` end its reading; the others are told apart from what follows. */
export type StreamCode =
  | "truncated"
  | "not-a-stream"
  | "unknown-type"
  | "unknown-section"
  | "unknown-record"
  | "unknown-command"
  | "unknown-message"
  | "bad-length"
  | "bad-description"
  | "unframed"
  | "limit"
  | "unsupported"
  | "no-block"
  | "outside-block"
  | "not-aligned"
  | "unknown-block"
  | "duplicate-block"
  | "duplicate-section"
  | "section-version"
  | "missing-footer"
  | "wrong-footer"
  | "differs-from-description"
  | "not-described"
  | "refused"
  | "not-sent"
  | "bad-value"
  | "bad-xbzrle"
  | "bad-compressed"
  | "not-ended"
  | "ended-before"
  | "page-not-sent"
  | "trailing-bytes"
  | "more-problems";

/** The first thing that is wrong at a place: one sentence, with what is needed to find it. */
export interface Problem {
  readonly code: StreamCode;
  /** Offset in the stream of the first byte that is wrong. */
  readonly at: number;
  /** Section by its name, and its field where one is known: `0000:00:02.0/e1000`, `pckbd/kbd.mode`. */
  readonly path: string;
  readonly message: string;
}

/** A stream that cannot be read further. What was read before it stands. */
export class StreamError extends Error implements Problem {
  override readonly name = "StreamError";
  readonly code: StreamCode;
  readonly at: number;
  readonly path: string;

  constructor(code: StreamCode, at: number, path: string, message: string) {
    super(message);
    this.code = code;
    this.at = at;
    this.path = path;
  }
}
