import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "../runtime/qemu/at-exit.ts";

export interface TemporaryFolder {
  readonly path: string;
  readonly file: (name: string) => string;
  /** What must be ended before the folder goes, in the order in which it began. */
  readonly closing: (() => Promise<void> | void)[];
}

/** Works in a folder that is gone afterwards, whatever happens, along with what was begun in it. */
export async function inTemporaryFolder<T>(work: (folder: TemporaryFolder) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), "vmstate-machine-"));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  const forget = atExit(remove);
  const folder: TemporaryFolder = { path, file: (name) => join(path, name), closing: [] };
  try {
    return await work(folder);
  } finally {
    for (const close of folder.closing.reverse()) await close();
    forget();
    remove();
  }
}
