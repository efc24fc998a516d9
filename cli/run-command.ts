import { InputError } from "../compiler/describe/index.ts";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";

/**
 * Runs one command and gives its exit status. Everything a user can mend ends as one sentence on standard error; a stack trace means
 * a defect of our own, and status 4.
 */
export async function runCommand(name: string, command: Command, args: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    if (args.includes("--help") || args.includes("-h")) {
      io.out(command.help);
      return EXIT.ok;
    }
    return await command.run(args, io);
  } catch (error) {
    return explainFailure(error, `vmstate ${name}`, io);
  }
}

/** Configuration errors are recognised by their code: their class is not loaded unless there is a configuration. */
export function explainFailure(error: unknown, program: string, io: Io): number {
  if (error instanceof InputError) {
    io.err(`${error.message}\n`);
    return EXIT.input;
  }
  if (error instanceof UsageError) {
    io.err(`${program}: ${error.message}\nTry '${program} --help'.\n`);
    return EXIT.usage;
  }
  if (error instanceof Error && "code" in error && error.code === "CONFIG") {
    io.err(`${error.message}\n`);
    return EXIT.usage;
  }
  io.err(`${program}: an error of vmstate itself; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.internal;
}

export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    env: process.env,
  };
}
