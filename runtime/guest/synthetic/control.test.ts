import { join } from "node:path";
import { expect, test } from "vitest";
import { startThread } from "../proof/bundled-thread.ts";
import type { StanderData } from "../proof/stander.ts";
import { createControl, GO, PARKED, RUN, STALL, STOP, wake } from "./control.ts";

test("a thread that was counted as standing does nothing more, however soon it was let go before", async () => {
  const control = createControl();
  const count = new Int32Array(new SharedArrayBuffer(4));
  const workerData: StanderData = { control, count };
  const thread = await startThread(join(import.meta.dirname, "../proof/stander.ts"), workerData);
  const end = new Promise((resolve, reject) => thread.on("exit", resolve).on("error", reject));
  const parked = (): void => {
    while (Atomics.load(control, PARKED) === 0);
  };
  while (Atomics.load(control, PARKED) === 0) await new Promise((resolve) => setImmediate(resolve));
  let moved = 0;
  for (let n = 0; n < 10_000; n++) {
    Atomics.or(control, GO, RUN);
    wake(control);
    // For a while that is another each time, as the thread wakes meanwhile.
    for (let spins = n % 200; spins > 0; spins--) Atomics.load(control, GO);
    if (n % 2 === 0) Atomics.and(control, GO, ~RUN);
    else Atomics.or(control, GO, STALL);
    wake(control);
    parked();
    const before = Atomics.load(count, 0);
    for (let spins = 0; spins < 500; spins++) Atomics.load(control, GO);
    if (Atomics.load(count, 0) !== before) moved++;
    Atomics.and(control, GO, ~(STALL | RUN));
  }
  Atomics.or(control, GO, STOP);
  wake(control);
  await end;
  expect(moved).toBe(0);
  expect(count[0]).toBeGreaterThan(0);
});
