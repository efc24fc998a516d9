import { expect, test } from "vitest";
import { compareSeed } from "./compare.ts";

const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
const SCHEMAS = Number(process.env.VMSTATE_SCHEMAS ?? "300");

/** So many at once: the time goes into compiling, which another process does. */
const BATCH = 20;

test("generated codecs and the interpreter agree byte for byte, on whole, cut and changed bytes", async () => {
  const totals = { bytes: 0, truncations: 0, mutations: 0, savable: 0 };
  for (let first = FIRST; first < FIRST + SCHEMAS; first += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, FIRST + SCHEMAS - first) }, (_, at) => first + at);
    for (const { bytes, truncations, mutations } of await Promise.all(seeds.map((seed) => named(seed, () => compareSeed(seed))))) {
      totals.bytes += bytes;
      totals.truncations += truncations;
      totals.mutations += mutations;
      if (bytes > 0) totals.savable++;
    }
  }
  console.log(
    `oracle: seed ${FIRST}, ${SCHEMAS} schemas, ${totals.savable} with a state that could be saved, ${totals.bytes} bytes, ${totals.truncations} cuts, ${totals.mutations} changes`,
  );
  expect(totals.savable).toBeGreaterThan(SCHEMAS / 2);
}, 600_000);

/** A failure names the seed that makes it again. */
async function named<T>(seed: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`VMSTATE_SEED=${seed} VMSTATE_SCHEMAS=1: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
