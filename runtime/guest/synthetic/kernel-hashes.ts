import type { KernelBlock } from "./synthetic-ram.ts";

/** Pages whose hashes are taken at once. */
const BATCH = 4096;

/** Makes what hashes each page of a block; it takes room of the kernel once. */
export function kernelHashes({ size, pageSize, kernel }: KernelBlock): () => BigUint64Array<ArrayBuffer> {
  const room = kernel.take(8 * BATCH);
  const pages = size / pageSize;
  return () => {
    const hashes = new BigUint64Array(pages);
    for (let from = 0; from < pages; from += BATCH) {
      const count = Math.min(BATCH, pages - from);
      kernel.hashes(from * pageSize, count, room);
      hashes.set(kernel.wide.subarray(room / 8, room / 8 + count), from);
    }
    return hashes;
  };
}
