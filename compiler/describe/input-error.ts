/** Where in an input file something is; line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** An input that cannot be read as what it should be. The commands turn it into one line and exit status 3. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly code: string;
  readonly path: string;
  readonly position: Position | undefined;

  constructor(code: string, path: string, message: string, position?: Position) {
    const at = position === undefined ? path : `${path}:${position.line}:${position.column}`;
    super(`${at}: ${message}`);
    this.code = code;
    this.path = path;
    this.position = position;
  }
}
