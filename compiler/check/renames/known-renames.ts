export { KNOWN_RENAMES, type KnownRename, type RenameEntry } from "./built-in-renames.ts";
export { readRenames } from "./read-renames.ts";
