import { parentPort, workerData } from "node:worker_threads";
import type { ThreadData } from "./thread.ts";
import { keepTicking } from "./tick.ts";
import { write } from "./write.ts";

// Where each thread of a guest begins.
const data = workerData as ThreadData;
const ask = (page: number): void => parentPort?.postMessage(page);
if (data.writer === undefined) keepTicking(data, ask);
else write(data.writer, data, ask);
