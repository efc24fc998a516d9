export type DirtyLogCode = "not-a-log" | "version" | "header" | "limit";

/** A file of which no epoch can be read. */
export class DirtyLogError extends Error {
  override readonly name = "DirtyLogError";
  readonly code: DirtyLogCode;
  /** Offset in the file of the first byte that is wrong. */
  readonly at: number;
  /** The field: `header/blocks[3].id`; empty where it is none. */
  readonly path: string;

  constructor(code: DirtyLogCode, at: number, path: string, message: string) {
    super(message);
    this.code = code;
    this.at = at;
    this.path = path;
  }
}
