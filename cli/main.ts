import { InputError } from "../compiler/describe/index.ts";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";
import { COMMANDS, findCommand } from "./commands.ts";

/**
 * Runs one command line without the program's name and gives its exit status. Everything a user can mend ends as one sentence on
 * standard error; a stack trace means a defect of our own, and status 4.
 */
export async function main(args: readonly string[], io: Io = processIo()): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") return await showHelp(rest[0], io, name !== undefined);
    if (name === "--version") return await showVersion(io);
    const command = await findCommand(name);
    if (rest.includes("--help") || rest.includes("-h")) {
      io.out(command.help);
      return EXIT.ok;
    }
    return await command.run(rest, io);
  } catch (error) {
    return report(error, name, io);
  }
}

async function showHelp(name: string | undefined, io: Io, asked: boolean): Promise<number> {
  if (name !== undefined) {
    io.out((await findCommand(name)).help);
    return EXIT.ok;
  }
  const width = Math.max(...COMMANDS.map((each) => each.name.length));
  const lines = COMMANDS.map((each) => `  ${each.name.padEnd(width)}  ${each.summary}`);
  (asked ? io.out : io.err)(
    `usage: vmstate COMMAND [OPTION…]\n\n${lines.join("\n")}\n\nvmstate help COMMAND explains one; vmstate-check is vmstate check.\nExit status: 0 done or compatible, 1 findings, 2 usage, 3 unreadable input, 4 an error of our own.\n`,
  );
  return asked ? EXIT.ok : EXIT.usage;
}

async function showVersion(io: Io): Promise<number> {
  const { VERSION } = await import("../compiler/check/version.ts");
  io.out(`vmstate ${VERSION}\n`);
  return EXIT.ok;
}

/** Errors that carry a code are sentences for the user; ConfigError and its like are recognised by the code, not the class. */
function report(error: unknown, name: string | undefined, io: Io): number {
  const program = name === undefined ? "vmstate" : `vmstate ${name}`;
  if (error instanceof InputError) {
    io.err(`${error.message}\n`);
    return EXIT.input;
  }
  if (error instanceof UsageError || (error instanceof Error && "code" in error && error.code === "CONFIG")) {
    io.err(`${error instanceof UsageError ? `${program}: ` : ""}${error.message}\n`);
    if (error instanceof UsageError) io.err(`Try '${program} --help'.\n`);
    return EXIT.usage;
  }
  io.err(`${program}: an error of vmstate itself; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.internal;
}

export function processIo(): Io {
  return {
    out: (text) => write(1, text),
    err: (text) => write(2, text),
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    env: process.env,
  };
}

function write(fd: 1 | 2, text: string): void {
  (fd === 1 ? process.stdout : process.stderr).write(text);
}

export type { Command };
