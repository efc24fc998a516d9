import { workerData } from "node:worker_threads";
import { stand } from "../synthetic/control.ts";

export interface StanderData {
  readonly control: Int32Array;
  readonly count: Int32Array;
}

// A thread that counts for as long as it is let.
const { control, count } = workerData as StanderData;
while (stand(control)) Atomics.add(count, 0, 1);
