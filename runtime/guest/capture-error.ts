export type CaptureCode = "unknown-section" | "refused" | "stream" | "page" | "limit";

/** A stream whose devices or RAM cannot be taken for a guest. */
export class CaptureError extends Error {
  override readonly name = "CaptureError";
  readonly code: CaptureCode;
  /** The section, its field where one is known: `0000:00:02.0/e1000`, `serial/recv_fifo.num`. */
  readonly path: string;
  /** Offset in the stream. */
  readonly at: number;

  constructor(code: CaptureCode, path: string, at: number, message: string) {
    super(message);
    this.code = code;
    this.path = path;
    this.at = at;
  }
}
