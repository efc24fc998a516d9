import { workerData } from "node:worker_threads";
import { DirtyBitmap } from "../dirty-bitmap.ts";
import { mix } from "../mix.ts";
import { CLEAN, END, type HammerData, RUNNING } from "./hammer-data.ts";

// A thread that marks pages as fast as it can.
const { shared, pages, seed, counts } = workerData as HammerData;
const bitmap = new DirtyBitmap(pages, shared);
let clean = 0;
Atomics.add(counts, RUNNING, 1);
for (let n = 0; Atomics.load(counts, END) === 0; n++) if (bitmap.mark(mix(n, seed) % pages)) clean++;
Atomics.add(counts, CLEAN, clean);
