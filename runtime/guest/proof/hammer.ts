import { parentPort, workerData } from "node:worker_threads";
import { DirtyBitmap } from "../dirty-bitmap.ts";
import { mix } from "../mix.ts";

export interface HammerData {
  readonly shared: SharedArrayBuffer;
  readonly pages: number;
  readonly marks: number;
  readonly seed: number;
}

// Marks pages as fast as it can, and tells how many of them were clean.
const { shared, pages, marks, seed } = workerData as HammerData;
const bitmap = new DirtyBitmap(pages, shared);
let clean = 0;
for (let n = 0; n < marks; n++) if (bitmap.mark(mix(n, seed) % pages)) clean++;
parentPort?.postMessage(clean);
