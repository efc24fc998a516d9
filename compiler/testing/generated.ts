import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VmsdIr } from "../ir.ts";

/** Where generated files lie, below the folder that `vmstate compile` wrote. */
export interface Generated {
  readonly codec: string;
  readonly view: string;
  /** Of the codec and of those that it takes, by the ids of their vmsds. */
  readonly codecs: Readonly<Record<string, string>>;
}

const texts = new Map<string, string>();

/** Equal for sections whose descriptions and generated files are the same, wherever those lie: what holds for one holds for the other. */
export function keyOf(gen: string, vmsds: Readonly<Record<string, VmsdIr>>, { view, codecs }: Generated): string {
  const hash = createHash("sha256")
    .update(JSON.stringify(vmsds))
    .update(textOf(join(gen, view)));
  for (const path of Object.values(codecs)) hash.update(textOf(join(gen, path)));
  return hash.digest("hex");
}

/** Without the lines that say where other files lie. Empty for a file that is not there: loading it will tell. */
function textOf(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = existsSync(path) ? readFileSync(path, "utf8").replaceAll(/^import .*$/gm, "") : "";
  texts.set(path, text);
  return text;
}
