import { expect, test } from "vitest";
import { type SmallMoveOptions, smallMove } from "./proof/small-move.ts";

/** Ms of the pause. */
async function pause(ms: number, eagerCleanup: boolean): Promise<number> {
  const guest: SmallMoveOptions["guest"] = { stopDirtyLogCost: { ms, stalls: false } };
  const { clock, both, forget } = smallMove({ guest, parameters: { eagerCleanup, downtimeLimit: 1000 } });
  const [left] = await clock.run(both);
  forget();
  return left.pause?.milliseconds ?? Number.NaN;
}

test.each([30, 300])("A3.1 E: a clean-up of %i ms costs the guest as much within the pause, and nothing behind it", async (ms) => {
  expect(await pause(ms, true)).toBeCloseTo((await pause(0, true)) + ms, 2);
  expect(await pause(ms, false)).toBeCloseTo(await pause(0, false), 2);
});
