import { expect, test } from "vitest";
import { smallMove } from "./proof/small-move.ts";

test.each([true, false])("a guest that works is moved whole, footers %s", async (footers) => {
  const move = smallMove({ footers });
  const [left, arrived] = await move.clock.run(move.both, { limit: 60_000 });
  expect([left.error, arrived.error]).toEqual([undefined, undefined]);
  expect([left.status, arrived.status]).toEqual(["completed", "completed"]);
  expect([move.from.isRunning, move.to.isRunning]).toEqual([false, true]);
  await move.to.pause();
  expect(move.to.verify().bad).toEqual([]);
});
