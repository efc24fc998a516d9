import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** Runs `vmstate stream`, and gives what it prints unless that goes to a file. */
export function vmstateStream(args: readonly string[], output?: string): string {
  const out = output === undefined ? "pipe" : openSync(output, "w");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ["dist/vmstate.cjs", "stream", ...args], {
    stdio: ["ignore", out, "pipe"],
    encoding: "utf8",
    timeout: 60_000,
  });
  if (typeof out === "number") closeSync(out);
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`vmstate stream ${args[0]} ends with ${status}: ${stderr.trim()}`);
  return stdout;
}
