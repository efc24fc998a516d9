import { statSync } from "node:fs";
import { Contents } from "../../runtime/stream/diff/contents.ts";
import { RamContents } from "../../runtime/stream/diff/ram-contents.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import type { Io } from "../command.ts";
import { readInput } from "./read-input.ts";
import type { Reading } from "./reading-options.ts";
import { temporaryRam } from "./temporary-ram.ts";
import { explained } from "./write-output.ts";

/**
 * What a stream holds, for comparing. A page that only changes the one before needs all of RAM in temporary files: a file is read again with
 * them where it has such pages, of a pipe they are kept from the beginning.
 */
export async function readContents(path: string, isRamWanted: boolean, reading: Reading, io: Io): Promise<Contents> {
  if (!isRamWanted) {
    const contents = new Contents(undefined);
    await readInput(path, contents, { ...reading, payloads: false }, io);
    return contents;
  }
  if (isFile(path)) {
    const ram = new RamContents(undefined);
    const contents = new Contents(ram);
    await readInput(path, contents, { ...reading, payloads: true }, io);
    if (!ram.needsStore) return contents;
  }
  const problems: Problem[] = [];
  const { store, remove } = temporaryRam((problem) => problems.push(problem));
  try {
    const contents = new Contents(new RamContents(store));
    await readInput(path, contents, { ...reading, payloads: true }, io);
    contents.problems.push(...problems);
    return contents;
  } catch (error) {
    throw explained(error);
  } finally {
    remove();
  }
}

/** What cannot be looked at is explained by the reading of it. */
function isFile(path: string): boolean {
  try {
    return path !== "-" && statSync(path).isFile();
  } catch {
    return false;
  }
}
