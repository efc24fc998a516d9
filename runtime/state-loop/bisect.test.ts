import fc from "fast-check";
import { expect, test } from "vitest";
import { bisectReset } from "./bisect.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `dev${i}`);

/** State is lost when all of one of these groups are reset. */
const losesWhen =
  (groups: readonly (readonly string[])[]) =>
  async (noReset: readonly string[]): Promise<boolean> =>
    groups.some((group) => group.every((name) => !noReset.includes(name)));

test("A2b.3: the one device whose reset loses state is found by halving", async () => {
  for (const name of names(28)) {
    const { losing, losesAnyway, runs } = await bisectReset(names(28), losesWhen([[name]]));
    expect({ losing, losesAnyway }).toEqual({ losing: [[name]], losesAnyway: false });
    expect(runs).toBeLessThanOrEqual(13);
  }
});

test("A2b.3: any number of devices that each lose state are found, and no other", async () => {
  const devices = names(23);
  const property = fc.asyncProperty(fc.subarray(devices), async (faulty) => {
    const { losing } = await bisectReset(devices, losesWhen(faulty.map((name) => [name])));
    expect(losing.flat().sort()).toEqual([...faulty].sort());
    expect(losing.every(({ length }) => length === 1)).toBe(true);
  });
  await fc.assert(property, { seed: SEED });
});

test("two that lose state only together are told together", async () => {
  expect((await bisectReset(names(4), losesWhen([["dev1", "dev2"]]))).losing).toEqual([names(4)]);
  expect((await bisectReset(names(8), losesWhen([["dev4", "dev5"], ["dev0"]]))).losing).toEqual([["dev0"], ["dev4", "dev5"]]);
});

test("what is lost without any reset is no matter of the reset", async () => {
  expect(await bisectReset(names(5), async () => true)).toEqual({ losing: [], losesAnyway: true, runs: 1 });
});
