import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { UsageError, WorkError } from "../command.ts";

/**
 * Opens a file for a result, `-` for standard output. The file takes its name once `write` has returned: one that fails leaves what was
 * there before.
 */
export function writeOutput(path: string, write: (fd: number) => void): void {
  const part = path === "-" ? undefined : `${path}.part`;
  const fd = part === undefined ? 1 : openOutput(part);
  try {
    write(fd);
    if (part === undefined) return;
    closeSync(fd);
    renameSync(part, path);
  } catch (error) {
    if (part !== undefined) rmSync(part, { force: true });
    throw explained(error);
  }
}

/** The same for what takes its time; `write` tells whether there is a result. */
export async function writeOutputSoon(path: string, write: (fd: number) => Promise<boolean>): Promise<void> {
  const part = path === "-" ? undefined : `${path}.part`;
  const fd = part === undefined ? 1 : openOutput(part);
  try {
    const isDone = await write(fd);
    if (part === undefined) return;
    closeSync(fd);
    if (isDone) renameSync(part, path);
    else rmSync(part);
  } catch (error) {
    if (part !== undefined) rmSync(part, { force: true });
    throw explained(error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left",
  EDQUOT: "the quota is used up",
  EFBIG: "a file gets too large",
  EIO: "the device fails",
  EPIPE: "nobody reads the output any more",
};

/** What the system says of a write, as a sentence; any other error as it is. */
export function explained(error: unknown): unknown {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  const reason = syscall === undefined || !Object.hasOwn(REASONS, code) ? undefined : REASONS[code];
  return reason === undefined ? error : new WorkError(`The result cannot be written: ${reason} (${code}).`);
}

/** Opens a file for a result. Throws UsageError where there can be none. */
export function openOutput(path: string): number {
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
