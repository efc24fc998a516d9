import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { globSync } from "./glob.ts";

/** What is compiled and where it goes; paths are relative to the root, with slashes. */
export interface CompileProject {
  /** The folder of the configuration file, or the working folder. */
  readonly root: string;
  readonly descriptors: readonly string[];
  readonly out: string;
  /** Module specifier of the runtime interface, relative to `out` when it begins with a dot. */
  readonly runtime: string;
}

/** Name of the file that says what to compile. */
export const PROJECT_FILE = "vmstate.compile.json";

/** Where descriptors are when nothing else is said. */
export const DESCRIPTORS = "machines";

const KEYS = ["descriptors", "out", "runtime"];
const PACKAGE_RUNTIME = "vmstate/codec/v1";

/** What cannot be compiled, as it is not there or says what no project can. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

export interface Given {
  /** The folder that paths are relative to and the configuration file lies in; the working folder when left out. */
  readonly folder?: string | undefined;
  readonly config?: string | undefined;
  readonly paths: readonly string[];
  readonly out?: string | undefined;
  readonly runtime?: string | undefined;
}

/** What is given, else what the configuration file says, else the layout that most projects have. Throws ProjectError. */
export function findProject(given: Given): CompileProject {
  const folder = resolve(given.folder ?? ".");
  const file = resolve(folder, given.config ?? PROJECT_FILE);
  if (given.config !== undefined && !existsSync(file)) throw new ProjectError(`There is no file '${given.config}'.`);
  const settings = existsSync(file) ? readSettings(file) : {};
  const root = dirname(file);
  const own = (path: string): string => relative(root, resolve(folder, path)).split(sep).join("/");
  const paths = given.paths.length > 0 ? given.paths.map(own) : (settings.descriptors ?? [DESCRIPTORS]);
  const out = given.out === undefined ? (settings.out ?? "machines/gen") : own(given.out);
  return { root, descriptors: descriptorFiles(root, paths, out), out, runtime: given.runtime ?? settings.runtime ?? PACKAGE_RUNTIME };
}

interface Settings {
  readonly descriptors?: readonly string[];
  readonly out?: string;
  readonly runtime?: string;
}

function readSettings(file: string): Settings {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ProjectError(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) throw new ProjectError(`${file} must hold an object.`);
  const unknown = Object.keys(settings).find((key) => !KEYS.includes(key) && key !== "$schema");
  if (unknown !== undefined) throw new ProjectError(`${file} has the key '${unknown}'; the keys are ${KEYS.join(", ")}.`);
  const { descriptors, out, runtime } = settings as Record<string, unknown>;
  const isText = (value: unknown): boolean => value === undefined || typeof value === "string";
  if (!isText(out) || !isText(runtime)) throw new ProjectError(`${file}: 'out' and 'runtime' are strings.`);
  if (descriptors !== undefined && !(Array.isArray(descriptors) && descriptors.every((each) => typeof each === "string")))
    throw new ProjectError(`${file}: 'descriptors' is a list of files and folders.`);
  return settings as Settings;
}

/** Files as they are, folders as all descriptors below them: neither tests nor declarations, nor what is generated. */
function descriptorFiles(root: string, paths: readonly string[], out: string): string[] {
  const files = paths.flatMap((path) => {
    const full = join(root, path);
    if (!existsSync(full)) throw new ProjectError(`There is no file or folder '${path}'.`);
    if (!statSync(full).isDirectory()) return [path];
    return globSync(full).map((file) => posix.join(path, file));
  });
  const wanted = files.filter((file) => !file.startsWith(`${out}/`) && !/\.(test|d|test-d)\.ts$/.test(file));
  if (wanted.length === 0) throw new ProjectError(`There are no descriptors in ${paths.map((path) => `'${path}'`).join(", ")}.`);
  return [...new Set(wanted)].sort();
}
