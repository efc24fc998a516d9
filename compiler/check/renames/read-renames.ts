import { InputError } from "../../describe/index.ts";
import { validateRenames } from "../gen/validators.js";
import { jsonDocument } from "../policy/document.ts";
import { faultOf } from "../policy/fault.ts";
import schema from "../schemas/renames.schema.json" with { type: "json" };
import type { KnownRename, RenameEntry } from "./built-in-renames.ts";

/** Reads a user's file of renames. Throws InputError with a position. */
export function readRenames(text: string, path: string): KnownRename[] {
  const document = jsonDocument(text, path);
  if (!validateRenames(document.value)) {
    const { message, position } = faultOf(document, schema, validateRenames.errors);
    throw new InputError("WRONG_SHAPE", path, message, position);
  }
  return (document.value as { entries: RenameEntry[] }).entries.map((entry) => ({ ...entry, file: path }));
}
