import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import type { SharedHashing } from "../ram/series-hasher.ts";

/** What starts threads of ../ram/hash-thread.ts, which none can load as it is. */
export async function hashThreads(): Promise<(workerData: SharedHashing) => Worker> {
  const options = { bundle: true, platform: "node", target: "node20", format: "cjs", write: false } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [join(import.meta.dirname, "../ram/hash-thread.ts")] });
  return (workerData) => new Worker(outputFiles[0]?.text ?? "", { eval: true, workerData, execArgv: [] });
}
