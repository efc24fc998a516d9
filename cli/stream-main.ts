import { command } from "./commands/stream.ts";
import { processIo, runCommand } from "./run-command.ts";

/** The work on streams alone, as cli/main.ts would run it; `args` begin with the word stream. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand("stream", command, args.slice(1), processIo());
}
