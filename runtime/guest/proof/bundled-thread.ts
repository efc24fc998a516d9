import { Worker } from "node:worker_threads";
import { build } from "esbuild";

/** Starts a thread from a source file, which no thread can load as it is; `write` false keeps it in memory. */
export async function startThread(path: string, workerData: unknown): Promise<Worker> {
  const options = { bundle: true, platform: "node", target: "node20", format: "cjs", write: false } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [path] });
  return new Worker(outputFiles[0]?.text ?? "", { eval: true, workerData, execArgv: [] });
}
