import { VERSION } from "../compiler/check/version.ts";
import { command } from "./commands/check.ts";
import { processIo, runCommand } from "./run-command.ts";

/** The check alone, as cli/main.ts would run it; `args` begin with the word check. */
export async function main(args: readonly string[]): Promise<number> {
  const io = processIo();
  if (args[1] !== "--version") return runCommand("check", command, args.slice(1), io);
  io.out(`vmstate ${VERSION}\n`);
  return 0;
}
