import { spawnSync } from "node:child_process";
import { closeSync, copyFileSync, openSync, rmSync } from "node:fs";

/** Makes the stream file `to` of `from`, which does not exist any more afterwards. */
export type Transform = (from: string, to: string) => void;

/** Changes nothing: proves that what goes wrong otherwise is not this program's fault. */
export const plainCopy: Transform = (from, to) => {
  copyFileSync(from, to);
  rmSync(from);
};

/** By our commands: what is loaded was written from nothing but JSON. */
export const throughJson: Transform = (from, to) => {
  const json = `${to}.json`;
  vmstate(["stream", "decode", from], json);
  rmSync(from);
  vmstate(["stream", "encode", json, "-o", to]);
};

/** By rewrite, which sends each page once and in order, with what it holds at the end. */
export const finalRam: Transform = (from, to) => {
  vmstate(["stream", "rewrite", "--ram", "final", from, "-o", to]);
  rmSync(from);
};

function vmstate(args: readonly string[], output?: string): void {
  const out = output === undefined ? "ignore" : openSync(output, "w");
  const { status, stderr, error } = spawnSync(process.execPath, ["dist/vmstate.cjs", ...args], {
    stdio: ["ignore", out, "pipe"],
    encoding: "utf8",
    timeout: 60_000,
  });
  if (typeof out === "number") closeSync(out);
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`vmstate ${args[0]} ${args[1]} ends with ${status}: ${stderr.trim()}`);
}
