import { readdirSync } from "node:fs";
import { sep } from "node:path";

/** TypeScript files below a folder, relative to it, with slashes; not those of installed packages. */
export function globSync(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".ts") && !path.split("/").includes("node_modules"));
}
