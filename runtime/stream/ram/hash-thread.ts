import { workerData } from "node:worker_threads";
import { hashBeside, type SharedHashing } from "./series-hasher.ts";

// Where a thread begins that hashes beside the one that reads.
hashBeside(workerData as SharedHashing);
