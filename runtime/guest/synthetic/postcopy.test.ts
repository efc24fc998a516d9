import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { bitmapWords } from "../dirty-bitmap.ts";
import type { RamBlock } from "../guest.ts";
import { mix } from "../mix.ts";
import { FAKE_MACHINE } from "../proof/fake-machine.ts";
import { SEED } from "../proof/seed.ts";
import { createSyntheticGuest, type SyntheticGuest, type SyntheticOptions } from "./synthetic-guest.ts";

const PAGES = 512;
const RAM = [{ id: "pc.ram", size: PAGES * 4096 }];

const guests: SyntheticGuest[] = [];
afterEach(async () => {
  for (const guest of guests.splice(0)) await guest.stop();
});

async function create(options: Partial<SyntheticOptions>): Promise<SyntheticGuest> {
  const guest = await createSyntheticGuest({ machine: FAKE_MACHINE, ram: RAM, workload: { name: "uniform" }, seed: SEED, ...options });
  guests.push(guest);
  return guest;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(1);
}

const ramOf = (guest: SyntheticGuest): Uint8Array => (guest.blocks[0] as RamBlock).bytes;

/** A guest that has worked, and one at the destination that has nothing of it; with the pages that are to be placed there. */
async function switched(options: Partial<SyntheticOptions> = {}): Promise<{
  readonly from: SyntheticGuest;
  readonly to: SyntheticGuest;
  readonly faults: number[];
  readonly place: (page: number) => void;
}> {
  const from = await create({ writers: 3, initial: "random", ...options });
  from.resume();
  await until(() => from.progress() > 2000n);
  await from.pause();
  const to = await create({ writers: 3, initial: "random", ...options, incoming: true });
  const faults: number[] = [];
  to.postcopy?.start([new Uint32Array(bitmapWords(PAGES)).fill(-1)], (_, page) => faults.push(page));
  const place = (page: number): void => {
    ramOf(to).set(ramOf(from).subarray(page * 4096, (page + 1) * 4096), page * 4096);
    to.postcopy?.placed(0, page);
  };
  return { from, to, faults, place };
}

test("threads wait for pages that are missing, ask for each once, and stand still when they are to", async () => {
  const { from, to, faults, place } = await switched();
  to.resume();
  await until(() => faults.length === 1);
  await setTimeout(5);
  expect([faults, to.progress()]).toEqual([[0], 0n]);
  await to.pause();
  place(0);
  to.resume();
  // Each of the three writers waits for one of its own.
  await until(() => faults.length === 4);
  await setTimeout(5);
  expect([new Set(faults).size, faults.length, to.progress()]).toEqual([4, 4, from.progress()]);
  await to.pause();
  expect(to.isRunning).toBe(false);
  for (const page of faults.slice(1)) place(page);
  expect(to.progress()).toBe(from.progress());
  to.resume();
  await until(() => to.progress() > from.progress());
});

test.each(Array.from({ length: 6 }, (_, n) => SEED + n))(
  "seed %d: pages that come while threads want them make the guest's memory",
  async (seed) => {
    const { from, to, faults, place } = await switched({ seed, workload: seed % 2 === 0 ? { name: "zipf" } : { name: "uniform" } });
    to.resume();
    const left = new Set(Array(PAGES).keys());
    let told = 0;
    for (let turn = 0; left.size > 0; turn++) {
      for (; told < faults.length; told++) if (left.delete(faults[told] as number)) place(faults[told] as number);
      // As many again that nobody asked for, of which a thread may just be about to.
      for (let each = 0; each < mix(turn, seed) % 6; each++) {
        const page = mix(turn * 8 + each, seed) % PAGES;
        if (left.delete(page)) place(page);
      }
      if (turn % 3 === 0) await setTimeout(0);
      if (turn % 64 === 0) {
        await to.pause();
        to.resume();
      }
    }
    to.postcopy?.end();
    const there = to.progress();
    await until(() => to.progress() > there + 2000n);
    await to.pause();
    expect(new Set(faults).size).toBe(faults.length);
    expect(to.progress()).toBeGreaterThan(from.progress());
    expect(to.verify()).toMatchObject({ bad: [], lostWrites: 0n });
  },
);
