import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MANIFEST } from "../../compiler/emit/files.ts";

/** How the output folder differs from what was generated. */
export interface Differences {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  /** Files of an earlier compile that are no longer generated. */
  readonly left: readonly string[];
}

export function differencesFrom(folder: string, files: ReadonlyMap<string, string>): Differences {
  const missing: string[] = [];
  const stale: string[] = [];
  for (const [path, text] of files) {
    const full = join(folder, path);
    if (!existsSync(full)) missing.push(path);
    else if (readFileSync(full, "utf8") !== text) stale.push(path);
  }
  return { missing, stale, left: listedBefore(folder).filter((path) => !files.has(path) && existsSync(join(folder, path))) };
}

/** Writes what differs and nothing else, so that other tools see no change where there is none. */
export function writeDifferences(folder: string, files: ReadonlyMap<string, string>, { missing, stale, left }: Differences): void {
  for (const path of [...missing, ...stale]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), files.get(path) ?? "");
  }
  for (const path of left) rmSync(join(folder, path));
}

/** Only what the manifest lists is ours to remove; paths that lead out of the folder are not. */
function listedBefore(folder: string): string[] {
  try {
    const { files } = JSON.parse(readFileSync(join(folder, MANIFEST), "utf8")) as { files: unknown };
    if (!Array.isArray(files)) return [];
    return files.filter((path): path is string => typeof path === "string" && !path.split("/").includes("..") && !path.startsWith("/"));
  } catch {
    return [];
  }
}
