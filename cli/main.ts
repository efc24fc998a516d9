import { EXIT, type Io } from "./command.ts";
import { COMMANDS, findCommand } from "./commands.ts";
import { explainFailure, processIo, runCommand } from "./run-command.ts";

/** Runs one command line without the program's name and gives its exit status. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") return await showHelp(rest[0], io, name !== undefined);
    if (name === "--version") return await showVersion(io);
    return await runCommand(name, await findCommand(name), rest, io);
  } catch (error) {
    return explainFailure(error, "vmstate", io);
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
