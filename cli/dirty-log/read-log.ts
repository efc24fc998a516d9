import { closeSync } from "node:fs";
import { InputError } from "../../compiler/describe/input-error.ts";
import { openInput } from "../../compiler/describe/read-file.ts";
import { DirtyLogError } from "../../runtime/migration/dirty-log/dirty-log-error.ts";
import type { DirtyLog } from "../../runtime/migration/dirty-log/format.ts";
import { readDirtyLog } from "../../runtime/migration/dirty-log/read-dirty-log.ts";
import { sourceOfFile } from "../../runtime/stream/byte-source.ts";
import type { Io } from "../command.ts";

/** Reads a dirty log, and says on standard error if it is not whole. Throws InputError. */
export function readLog(path: string, maxInput: number | undefined, io: Io): DirtyLog {
  const shown = path === "-" ? "<stdin>" : path;
  const fd = openInput(path);
  try {
    const log = readDirtyLog(sourceOfFile(fd), maxInput === undefined ? {} : { maxInput });
    if (log.end !== "ended") io.err(`${shown}: at ${log.end.at}: ${log.end.message} What was read before stands.\n`);
    return log;
  } catch (error) {
    if (!(error instanceof DirtyLogError)) throw error;
    throw new InputError(error.code.toUpperCase(), shown, `at ${error.at}: ${error.message}`);
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}
