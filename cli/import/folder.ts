import { existsSync, mkdirSync, statSync, writeSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import type { ImportedFile } from "../../compiler/import/index.ts";
import { globSync } from "../../compiler/read/glob.ts";
import { UsageError } from "../command.ts";
import { writeOutput } from "../stream/write-output.ts";

/** The descriptors of a folder, none where there is no such folder yet. Throws UsageError for a file. */
export function descriptorFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) throw new UsageError(`'${folder}' is a file; -o takes a folder.`);
  const own = folder.split(sep).join("/");
  return globSync(folder)
    .filter((path) => !/\.(test|d|test-d)\.ts$/.test(path))
    .map((path) => posix.join(own, path))
    .sort();
}

/** Writes them all, each whole or not at all. Throws UsageError where there can be none, WorkError when the system fails. */
export function writeDescriptors(files: readonly ImportedFile[]): void {
  for (const { path, text } of files) {
    makeFolder(dirname(path));
    writeOutput(join(path), (fd) => writeWhole(fd, Buffer.from(text)));
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`The folder '${path}' cannot be made (${code ?? message}).`);
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}
