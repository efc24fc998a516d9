import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { UsageError } from "../command.ts";

/**
 * Opens a file for a result, `-` for standard output. The file takes its name once `write` has returned: one that fails leaves what was
 * there before.
 */
export function writeOutput(path: string, write: (fd: number) => void): void {
  if (path === "-") {
    write(1);
    return;
  }
  const part = `${path}.part`;
  const fd = openOrExplain(part);
  try {
    write(fd);
    closeSync(fd);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** The same for what takes its time; `write` tells whether there is a result. */
export async function writeOutputSoon(path: string, write: (fd: number) => Promise<boolean>): Promise<void> {
  if (path === "-") {
    await write(1);
    return;
  }
  const part = `${path}.part`;
  const fd = openOrExplain(part);
  try {
    const isDone = await write(fd);
    closeSync(fd);
    if (isDone) renameSync(part, path);
    else rmSync(part);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function openOrExplain(path: string): number {
  try {
    return openSync(path, "w");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`The file '${path}' cannot be written (${code ?? message}).`);
  }
}

export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(PAUSE, 0, 0, 2);
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
