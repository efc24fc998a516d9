import type { InputError, Position } from "../../describe/index.ts";

/** Something that the user configured cannot be taken. The commands turn it into one line and exit status 2. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "CONFIG";
  readonly path: string;
  readonly position: Position | undefined;

  constructor(path: string, message: string, position?: Position) {
    super(`${prefix(path, position)}${message}`);
    this.path = path;
    this.position = position;
  }
}

/** The same fault, told of a file that is configuration and not input. */
export function asConfigError({ path, position, message }: InputError): ConfigError {
  return new ConfigError(path, message.slice(prefix(path, position).length), position);
}

function prefix(path: string, position: Position | undefined): string {
  return position === undefined ? `${path}: ` : `${path}:${position.line}:${position.column}: `;
}
