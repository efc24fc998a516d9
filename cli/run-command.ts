import { fstatSync, writeSync } from "node:fs";
import { type Command, EXIT, type Io } from "./command.ts";

/**
 * Runs one command and gives its exit status. Everything a user can mend ends as one sentence on standard error; a stack trace means
 * a defect of our own, and status 4.
 */
export async function runCommand(name: string, command: Command, args: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    const own = command.hasActions === true ? args.slice(0, 1) : args;
    if (own.includes("--help") || own.includes("-h")) {
      io.out(command.help);
      return EXIT.ok;
    }
    return await command.run(args, io);
  } catch (error) {
    return explainFailure(error, `vmstate ${name}`, io);
  }
}

/** Errors of the parts of a check are recognised by name and code: each part is a bundle with classes of its own. */
export function explainFailure(error: unknown, program: string, io: Io): number {
  if (error instanceof Error && error.name === "InputError") {
    io.err(`${error.message}\n`);
    return EXIT.input;
  }
  if (error instanceof Error && error.name === "UsageError") {
    io.err(`${program}: ${error.message}\nTry '${program} --help'.\n`);
    return EXIT.usage;
  }
  if (error instanceof Error && error.name === "WorkError") {
    io.err(`${program}: ${error.message}\n`);
    return EXIT.findings;
  }
  if (error instanceof Error && "code" in error && error.code === "CONFIG") {
    io.err(`${error.message}\n`);
    return EXIT.usage;
  }
  io.err(`${program}: an error of vmstate itself; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.internal;
}

/** The process's own streams, without building node's stream objects: for a pipe they cost more than a check's whole report. */
export function processIo(): Io {
  const isTerminal = mayBeTerminal(1) && process.stdout.isTTY === true;
  return {
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    isTerminal,
    showsProgress: mayBeTerminal(2) && process.stderr.isTTY === true,
    columns: isTerminal ? process.stdout.columns : 80,
    env: process.env,
  };
}

/** Pipes, files and memory devices (major 1: /dev/null) are none. */
function mayBeTerminal(fd: number): boolean {
  try {
    const status = fstatSync(fd);
    return status.isCharacterDevice() && status.rdev >> 8 !== 1;
  } catch {
    return false;
  }
}

/** A reader that closed the pipe early has what it wanted; one that is slow is waited for. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(EXIT.ok);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
