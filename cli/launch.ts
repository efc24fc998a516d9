import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";

/** Commands that start from a smaller bundle of their own. */
const OWN_BUNDLE: ReadonlySet<string | undefined> = new Set(["check", "stream"]);

/**
 * Runs the bundled commands, some from a bundle of their own, with the code cache that the build left beside them. V8 refuses
 * a cache of another version or of other flags; the bundle is then compiled as usual, only slower.
 */
export async function launch(folder: string, args: readonly string[]): Promise<void> {
  const [command] = args;
  const filename = join(folder, `${OWN_BUNDLE.has(command) ? command : "main"}.cjs`);
  // What goes through a guest's RAM wants its loops optimised at once.
  if (command !== "stream") optimiseLate();
  const cachedData = readCache(`${filename}.cache`);
  const script = new Script(readFileSync(filename, "latin1"), { filename, ...(cachedData === undefined ? {} : { cachedData }) });
  const bundle = { exports: {} as { main: (args: readonly string[]) => Promise<number> } };
  script.runInThisContext()(bundle.exports, require, bundle, filename, folder);
  const isForCache = process.env.VMSTATE_WRITE_CODE_CACHE === filename;
  if (isForCache) for (const more of runsForCache()) await bundle.exports.main(more);
  const status = await bundle.exports.main(args);
  if (isForCache) writeFileSync(`${filename}.cache`, script.createCachedData());
  // Everything is written by now, synchronously; taking the heap apart first would only cost time.
  process.exit(status);
}

/**
 * Thirty times as much bytecode as usual must have run before V8 optimises a function. A check is over before optimised code pays, and the
 * threads that make it stand in the way of the main one, most of all where processors are few or busy. Node 20 only: later V8s count
 * otherwise, and complain of a flag that they do not know.
 */
function optimiseLate(): void {
  if (process.version.startsWith("v20.")) process.getBuiltinModule("node:v8").setFlagsFromString("--interrupt-budget=2000000");
}

/** What the build runs beforehand, so that the functions of all that a bundle can do are in its cache. */
function runsForCache(): readonly (readonly string[])[] {
  return JSON.parse(process.env.VMSTATE_CODE_CACHE_RUNS ?? "[]") as string[][];
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
