import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { VERSION } from "../../compiler/check/version.ts";
import type { CompileProject } from "./project.ts";

/** What the last compile read and wrote, by content: when all of it is as it was, there is nothing to do. */
export interface Remembered {
  readonly tool: string;
  readonly settings: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** True when the last compile of the project would do the same again; nothing is parsed to find out. */
export function isUpToDate(project: CompileProject): boolean {
  const last = recall(project);
  if (last === undefined || last.tool !== toolOf() || last.settings !== settingsOf(project)) return false;
  if (project.descriptors.some((file) => !(file in last.inputs))) return false;
  return holds(project.root, last.inputs) && holds(join(project.root, project.out), last.outputs);
}

export function remember(project: CompileProject, inputs: readonly string[], outputs: ReadonlyMap<string, string>): void {
  const path = pathOf(project);
  if (path === undefined) return;
  const read = inputs.map((file) => [file, digest(readFileSync(join(project.root, file)))]);
  const written = [...outputs].map(([file, text]) => [file, digest(text)]);
  const all: Remembered = {
    tool: toolOf(),
    settings: settingsOf(project),
    inputs: Object.fromEntries(read),
    outputs: Object.fromEntries(written),
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(all));
}

function recall(project: CompileProject): Remembered | undefined {
  const path = pathOf(project);
  if (path === undefined || !existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Remembered;
  } catch {
    // A file that a broken run left behind says nothing.
    return undefined;
  }
}

/** Beside the installed packages, where other tools keep what they can make again; nowhere in a project that has none. */
function pathOf(project: CompileProject): string | undefined {
  const packages = join(project.root, "node_modules");
  return existsSync(packages) ? join(packages, ".cache", "vmstate", `compile-${digest(project.out).slice(0, 16)}.json`) : undefined;
}

/** A version does not change while the compiler itself is worked on; its bundle does. */
function toolOf(): string {
  return `${VERSION} ${digest(readFileSync(__filename)).slice(0, 16)}`;
}

function settingsOf({ descriptors, runtime }: CompileProject): string {
  return JSON.stringify({ descriptors, runtime });
}

function holds(folder: string, files: Readonly<Record<string, string>>): boolean {
  return Object.entries(files).every(([file, content]) => {
    const path = join(folder, file);
    return existsSync(path) && digest(readFileSync(path)) === content;
  });
}

function digest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
