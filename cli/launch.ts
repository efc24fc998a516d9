import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/**
 * How many bytes of bytecode a function runs before V8 optimises it; some thirty times its own figure. A check is over before optimised
 * code pays, and the threads that make it stand in the way of the main one: most of all where processors are few or busy.
 */
const PATIENCE = 2_000_000;

/**
 * Runs the bundled commands, the check from a smaller bundle of its own, with the code cache that the build left beside them. V8 refuses
 * a cache of another version or of other flags; the bundle is then compiled as usual, only slower.
 */
export async function launch(folder: string, args: readonly string[]): Promise<void> {
  const filename = join(folder, args[0] === "check" ? "check.cjs" : "main.cjs");
  setFlagsFromString(`--interrupt-budget=${PATIENCE}`);
  const cachedData = readCache(`${filename}.cache`);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${readFileSync(filename, "latin1")}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const bundle = { exports: {} as { main: (args: readonly string[]) => Promise<number> } };
  script.runInThisContext()(bundle.exports, require, bundle, filename, folder);
  const status = await bundle.exports.main(args);
  if (process.env.VMSTATE_WRITE_CODE_CACHE === filename) writeFileSync(`${filename}.cache`, script.createCachedData());
  // Everything is written by now, synchronously; taking the heap apart first would only cost time.
  process.exit(status);
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
