import { workerData } from "node:worker_threads";
import type { ThreadData } from "./thread.ts";
import { keepTicking } from "./tick.ts";
import { write } from "./write.ts";

// Where each thread of a guest begins.
const data = workerData as ThreadData;
if (data.writer === undefined) keepTicking(data);
else write(data.writer, data);
