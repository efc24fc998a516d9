import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { RamDigests } from "../../runtime/stream/ram/ram-digests.ts";
import type { SharedHashing } from "../../runtime/stream/ram/series-hasher.ts";

/** Bytes of a file from which on a second thread saves more than its start costs: it is ready when about a quarter of them has been read. */
const LARGE = 1 << 29;

/** Digests of the RAM in a file's stream, to which a second thread helps where that is worth its start. */
export async function digestsOf(path: string, large = LARGE): Promise<RamDigests> {
  const size = path === "-" ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  if (size < large || availableParallelism() < 2) return new RamDigests();
  const { Worker } = await import("node:worker_threads");
  return new RamDigests((workerData: SharedHashing) => {
    const worker = new Worker(join(import.meta.dirname, "hash-thread.cjs"), { workerData });
    // It only helps: what it does not do is done here.
    worker.on("error", () => {});
    worker.unref();
  });
}
