import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MOST_FILES = 5;

/** Generated files of a machine type, and those that all share, which are not what the descriptors make now. */
export function staleFiles(gen: string, files: ReadonlyMap<string, string>, machine: string): string[] {
  const own = [...files].filter(([path]) => path.startsWith(`${machine}/`) || path.startsWith("codecs/") || path === "ir.json");
  const stale = own.flatMap(([path, text]) => {
    const full = join(gen, path);
    if (!existsSync(full)) return [`${path} is missing`];
    return readFileSync(full, "utf8") === text ? [] : [`${path} is stale`];
  });
  return stale.length > MOST_FILES ? [...stale.slice(0, MOST_FILES), `and ${stale.length - MOST_FILES} more`] : stale;
}
