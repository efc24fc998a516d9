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
  tuneEngine(command);
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
 * Flags of V8 for processes that are over soon. Node 20 only: later V8s count otherwise, and complain of a flag that they do not know. They
 * have to be set before the bundle is compiled: its cache is refused under others.
 */
function tuneEngine(command: string | undefined): void {
  // What goes through a guest's RAM wants its loops optimised at once.
  if (command === "stream" || command === "migrate" || !process.version.startsWith("v20.")) return;
  const flags = command === "check" ? `${OPTIMISE_LATE} ${LEARN_LATE} ${COLLECT_RARELY}` : OPTIMISE_LATE;
  process.getBuiltinModule("node:v8").setFlagsFromString(flags);
}

/**
 * Thirty times as much bytecode as usual must have run before V8 optimises a function. A check is over before optimised code pays, and the
 * threads that make it stand in the way of the main one, most of all where processors are few or busy.
 */
const OPTIMISE_LATE = "--interrupt-budget=2000000";

/**
 * Most of a check's functions run a few times only. What V8 notes of the types that they meet, and the machine code that it makes without
 * those notes, cost more than they bring: both wait until a function has run four times as much, and code is made for that one alone.
 */
const LEARN_LATE = "--interrupt-budget-factor-for-feedback-allocation=32 --no-baseline-batch-compilation";

/**
 * The young generation starts with 1 MiB. The first time that what was parsed outgrows it, it grows by as much as the rest of a check needs; to
 * copy so little takes one thread less time than to wake others.
 */
const COLLECT_RARELY = "--semi-space-growth-factor=6 --no-parallel-scavenge";

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
