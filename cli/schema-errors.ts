import type { Io } from "./command.ts";

interface Refused {
  readonly errors: readonly { readonly message: string }[];
}

/** Prints what descriptors were refused for, a line each; false when the error is of another kind. Told by its name: its class comes with ts-morph. */
export function showSchemaErrors(error: unknown, io: Io): boolean {
  if (!(error instanceof Error) || error.name !== "SchemaErrors") return false;
  const { errors } = error as Error & Refused;
  for (const { message } of errors) io.err(`${message}\n`);
  io.err(
    errors.length === 1 ? "One thing is refused; nothing is written.\n" : `${errors.length} things are refused; nothing is written.\n`,
  );
  return true;
}
