import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Runs a piece of this folder as a process of its own: the text is a module that finds what `record-folder.ts` and the clock export. */
export function startRecordProcess(text: string, args: readonly string[]): ChildProcess {
  const outfile = join(mkdtempSync(join(tmpdir(), "vmstate-record-process-")), "process.mjs");
  buildSync({
    stdin: { contents: `${IMPORTS}${text}`, resolveDir: join(import.meta.dirname, ".."), loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  return spawn(process.execPath, [outfile, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

const IMPORTS = `
import { existsSync, writeFileSync } from "node:fs";
import { SYSTEM_CLOCK } from "../clock.ts";
import { startDestination, startSource } from "./driver.ts";
import { beginRecord, changeRecord, readRecord } from "./record-folder.ts";
const args = process.argv.slice(2);
`;

/** All that a process says until it ends. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (data: Buffer) => {
    text += data.toString("latin1");
  });
  await new Promise((resolve) => child.once("close", resolve));
  return text;
}

/** Resolves once a process has said that line. */
export function saidBy(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (data: Buffer) => {
      text += data.toString("latin1");
      if (text.split("\n").includes(line)) resolve();
    });
    child.once("close", () => reject(new Error(`The process ended without '${line}': ${text}`)));
  });
}
