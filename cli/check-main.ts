import { command } from "./commands/check.ts";
import { runCommand } from "./run-command.ts";

/** The check alone, as cli/main.ts would run it; `args` begin with the word check. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand("check", command, args.slice(1));
}
