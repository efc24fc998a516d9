import { existsSync } from "node:fs";
import type { Config } from "../compiler/check/policy/config.ts";
import { readTextFile } from "../compiler/describe/index.ts";
import type { Io } from "./command.ts";

const NAMES = ["vmstate-check.config.json", "vmstate-check.config.yaml", "vmstate-check.config.yml"];

/**
 * The configuration that --config names, or the one in the working folder. The reader is loaded only when there is a file. Throws
 * InputError for a file that cannot be read and ConfigError for what it says.
 */
export async function loadConfig(path: string | undefined, io: Io): Promise<Config | undefined> {
  if (path === "none") return undefined;
  const file = path ?? NAMES.find((name) => existsSync(name));
  if (file === undefined) return undefined;
  if (path === undefined) io.err(`note: using ${file}\n`);
  const { readConfig } = await import("../compiler/check/policy/config.ts");
  return readConfig(readTextFile(file), file);
}
