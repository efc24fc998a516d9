import fc from "fast-check";
import { expect, test } from "vitest";
import { bitmapWords } from "../dirty-bitmap.ts";
import type { RamBlock } from "../guest.ts";
import { FAKE_MACHINE } from "../proof/fake-machine.ts";
import { ManualClock } from "../proof/manual-clock.ts";
import { SEED } from "../proof/seed.ts";
import { createSteppedGuest, type SteppedGuest } from "./stepped-guest.ts";

const PAGES = 64;
const RAM = [
  { id: "vga.vram", size: 4 * 4096 },
  { id: "pc.ram", size: PAGES * 4096 },
];
const MAIN = 1;

const ramOf = (guest: SteppedGuest): Uint8Array => (guest.blocks[MAIN] as RamBlock).bytes;
const all = (): Uint32Array[] => RAM.map(({ size }) => new Uint32Array(bitmapWords(size / 4096)).fill(-1, 0, size / 4096 / 32));

/** A guest that has worked, and one at the destination that has nothing of it and runs. */
async function switched(seed: number): Promise<{
  readonly from: SteppedGuest;
  readonly to: SteppedGuest;
  readonly clock: ManualClock;
  readonly faults: number[];
  readonly place: (page: number) => void;
}> {
  const clock = new ManualClock();
  const common = { machine: FAKE_MACHINE, clock, ram: RAM, seed, rate: 4000, initial: "random" as const };
  const from = createSteppedGuest(common);
  from.resume();
  clock.goOn(30);
  await from.pause();
  const to = createSteppedGuest({ ...common, incoming: true });
  const faults: number[] = [];
  to.postcopy?.start(all(), (block, page) => {
    expect(block).toBe(MAIN);
    faults.push(page);
  });
  to.resume();
  const place = (page: number): void => {
    ramOf(to).set(ramOf(from).subarray(page * 4096, (page + 1) * 4096), page * 4096);
    to.postcopy?.placed(MAIN, page);
  };
  return { from, to, clock, faults, place };
}

test("a write to a page that is missing does not happen before the page is there", async () => {
  const { from, to, clock, faults, place } = await switched(SEED);
  clock.goOn(10);
  to.step(3);
  // Its own page comes first, and is asked for once.
  expect([faults, to.progress()]).toEqual([[0], 0n]);
  place(0);
  clock.goOn(10);
  expect([faults.length, to.progress()]).toEqual([2, from.progress()]);
  place(faults[1] as number);
  clock.goOn(10);
  expect(to.progress()).toBeGreaterThan(from.progress());
  await to.pause();
  const before = to.progress();
  place(faults[2] as number);
  clock.goOn(10);
  expect(to.progress()).toBe(before);
});

test("pages that come in any order, asked for or not, make the guest's memory", async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...Array(PAGES).keys()], { minLength: PAGES }), fc.nat(), async (order, seed) => {
      const { from, to, clock, faults, place } = await switched(seed);
      const left = new Set(order);
      for (const page of order) {
        const wanted = faults.find((each) => left.has(each));
        for (const each of wanted === undefined ? [page] : [wanted, page]) if (left.delete(each)) place(each);
        clock.goOn(1);
      }
      expect(new Set(faults).size).toBe(faults.length);
      to.postcopy?.end();
      clock.goOn(20);
      await to.pause();
      expect(to.progress()).toBeGreaterThan(from.progress());
      expect(to.verify()).toMatchObject({ bad: [], lostWrites: 0n });
    }),
    { seed: SEED, numRuns: 50 },
  );
});
