import type { Place } from "../ir.ts";

/** What is wrong, or looks wrong, in a descriptor. `path` is the vmsd and the field, as far as they are known. */
export interface Finding {
  readonly level: "error" | "warning";
  readonly code: string;
  readonly path: string;
  readonly sentence: string;
  readonly at: Place;
}

/** A descriptor that says what the language does not have, or what cannot hold. */
export class SchemaError extends Error implements Finding {
  override readonly name = "SchemaError";
  readonly level = "error";
  readonly code: string;
  readonly path: string;
  readonly sentence: string;
  readonly at: Place;

  constructor({ code, path, sentence, at }: Omit<Finding, "level">) {
    super(`${showPlace(at)}: ${sentence}`);
    this.code = code;
    this.path = path;
    this.sentence = sentence;
    this.at = at;
  }
}

/** All errors of one run; the message has a line for each. */
export class SchemaErrors extends Error {
  override readonly name = "SchemaErrors";
  readonly errors: readonly SchemaError[];
  readonly warnings: readonly Finding[];

  constructor(errors: readonly SchemaError[], warnings: readonly Finding[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.errors = errors;
    this.warnings = warnings;
  }
}

/** `serial.ts:41:20`, as editors and terminals make it a link. */
export function showPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
