import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/**
 * Runs the bundled commands, the check from a smaller bundle of its own, with the code cache that the build left beside them. V8 refuses
 * a cache of another version or of other flags; the bundle is then compiled as usual, only slower.
 */
export async function launch(folder: string, args: readonly string[]): Promise<void> {
  const filename = join(folder, args[0] === "check" ? "check.cjs" : "main.cjs");
  const cachedData = readCache(`${filename}.cache`);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${readFileSync(filename, "latin1")}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const bundle = { exports: {} as { main: (args: readonly string[]) => Promise<number> } };
  script.runInThisContext()(bundle.exports, createRequire(filename), bundle, filename, folder);
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
