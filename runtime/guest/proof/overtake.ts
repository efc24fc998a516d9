import { workerData } from "node:worker_threads";
import { DirtyBitmap } from "../dirty-bitmap.ts";
import { END, type OvertakeData, RUNNING } from "./hammer-data.ts";

// A thread that writes a number to a page, marks the page, and then says that it did.
const { shared, counts, value, said } = workerData as OvertakeData;
const bitmap = new DirtyBitmap(1, shared);
Atomics.add(counts, RUNNING, 1);
for (let n = 1; Atomics.load(counts, END) === 0; n++) {
  value[0] = n;
  bitmap.mark(0);
  Atomics.store(said, 0, n);
}
