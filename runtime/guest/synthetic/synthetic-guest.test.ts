import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { bitmapWords } from "../dirty-bitmap.ts";
import type { RamBlock } from "../guest.ts";
import { mix } from "../mix.ts";
import { differences, startCopy } from "../proof/copy.ts";
import { FAKE_MACHINE, type FakeState, fakeDevice } from "../proof/fake-machine.ts";
import { SEED } from "../proof/seed.ts";
import type { WorkloadSpec } from "../workload/index.ts";
import { createSyntheticGuest, type SyntheticGuest, type SyntheticOptions } from "./synthetic-guest.ts";

const SEEDS = Number(process.env.VMSTATE_GUESTS ?? "14");
const PAGES = 512;
const RAM = [
  { id: "vga.vram", size: 16 * 4096 },
  { id: "pc.ram", size: PAGES * 4096 },
];

const guests: SyntheticGuest[] = [];
afterEach(async () => {
  for (const guest of guests.splice(0)) await guest.stop();
});

async function create(options: Partial<SyntheticOptions> = {}): Promise<SyntheticGuest> {
  const guest = await createSyntheticGuest({ machine: FAKE_MACHINE, ram: RAM, workload: { name: "uniform" }, seed: SEED, ...options });
  guests.push(guest);
  return guest;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(1);
}

/** Resolves once the guest has done that much more. */
function done(guest: SyntheticGuest, work: bigint): Promise<void> {
  const end = guest.progress() + work;
  return until(() => guest.progress() >= end);
}

/** Pages that a sync gives, the guest's own left out. */
function sync(guest: SyntheticGuest): number {
  const into = RAM.map(({ size }) => new Uint32Array(bitmapWords(size / 4096)));
  const pages = guest.syncDirty(into);
  return pages - ((into[1]?.[0] as number) & 1);
}

const RIGHT = { badPages: 0, bad: [], lostWrites: 0n };

const WORKLOADS: readonly WorkloadSpec[] = [
  { name: "sweep" },
  { name: "uniform" },
  { name: "zipf" },
  { name: "hot-and-cold" },
  { name: "bursts", onMs: 3, offMs: 2 },
  { name: "byte-a-page" },
  { name: "idle" },
];

test.each(Array.from({ length: SEEDS }, (_, n) => SEED + n))(
  "seed %d: RAM that was copied while threads wrote to it is the guest's, and goes on elsewhere",
  async (seed) => {
    const options: Partial<SyntheticOptions> = {
      workload: WORKLOADS[seed % WORKLOADS.length] as WorkloadSpec,
      writers: 1 + (mix(seed, 1) % 4),
      initial: seed % 2 === 0 ? "zero" : "random",
      workingSet: { first: 1 + (mix(seed, 2) % 100), pages: 50 + (mix(seed, 3) % 300) },
      ...(mix(seed, 4) % 3 === 0 ? { rate: 100_000 } : {}),
      seed,
    };
    const guest = await create(options);
    guest.resume();
    await setTimeout(2);
    const copy = startCopy(guest);
    for (let round = 0; round < 30; round++) {
      copy.round();
      if (round % 10 === 0) await setTimeout(1);
    }
    await guest.pause();
    copy.round();
    expect(differences(guest, copy.blocks)).toEqual([]);
    expect(guest.verify()).toMatchObject(RIGHT);
    expect(copy.round()).toBe(0);

    const moved = await create({ ...options, incoming: true });
    for (const [i, block] of moved.blocks.entries()) block.bytes.set(copy.blocks[i] as Uint8Array);
    expect(moved.verify(guest.truth)).toMatchObject(RIGHT);
    expect(moved.truthDigest()).toEqual(guest.truthDigest());
    expect(moved.progress()).toBe(guest.progress());
    moved.resume();
    if (options.workload?.name !== "idle") await done(moved, 500n);
    await moved.pause();
    expect(moved.verify()).toMatchObject(RIGHT);
    expect(moved.progress()).toBeGreaterThanOrEqual(guest.progress());
  },
);

test("whenever it is paused nothing changes and all agrees", async () => {
  const guest = await create({ writers: 4 });
  for (let n = 0; n < 20; n++) {
    guest.resume();
    if (n % 2 === 0) await done(guest, 100n);
    await guest.pause();
    expect(guest.isRunning).toBe(false);
    expect(guest.verify()).toMatchObject(RIGHT);
    const before = guest.truthDigest();
    await setTimeout(1);
    expect(guest.truthDigest()).toEqual(before);
  }
});

test("the truth finds what is done to RAM", async () => {
  const guest = await create({ workload: { name: "sweep" } });
  guest.resume();
  await done(guest, BigInt(4 * PAGES));
  await guest.pause();
  const bytes = (guest.blocks[1] as RamBlock).bytes;
  bytes.copyWithin(7 * 4096, 8 * 4096, 9 * 4096);
  bytes.copyWithin(9 * 4096, 10 * 4096, 10 * 4096 + 2048);
  bytes[11 * 4096 + 100] = 1;
  const { bad, badPages } = guest.verify();
  expect(badPages).toBe(3);
  expect(bad.map(({ page, why }) => [page, why])).toEqual([
    [7, "misplaced"],
    [9, "torn"],
    [11, "damaged"],
  ]);
});

test("under a limit of no pages none becomes dirty, and pages that are dirty are written to all the same", async () => {
  const guest = await create({ writers: 4 });
  guest.startDirtyLog();
  guest.resume();
  await until(() => guest.truth.every((writes, page) => page === 0 || writes > 0));
  guest.limitWriters(0);
  await done(guest, 5000n);
  expect(sync(guest)).toBe(PAGES - 1);
  // Each writer has one more before it needs a token.
  let more = 0;
  await until(() => {
    more += sync(guest);
    return more >= 4;
  });
  await setTimeout(20);
  expect([more, sync(guest)]).toEqual([4, 0]);
  guest.limitWriters(undefined);
  await until(() => sync(guest) > 100);
});

test.each<[string, (guest: SyntheticGuest) => void]>([
  ["a throttle", (guest) => guest.throttle(99)],
  ["sleeps", (guest) => guest.sleepWriters({ ms: 2_000_000, every: 2_000_000 })],
  ["a limit", (guest) => guest.limitWriters(0)],
])("writers that %s holds up are paused, and go on when it is taken off", async (_, slow) => {
  const guest = await create({ writers: 2 });
  guest.startDirtyLog();
  guest.resume();
  slow(guest);
  await setTimeout(30);
  await guest.pause();
  expect(guest.verify()).toMatchObject(RIGHT);
  guest.resume();
  guest.throttle(0);
  guest.sleepWriters(undefined);
  guest.limitWriters(undefined);
  await done(guest, 1000n);
});

test("standing still is seen in RAM, by a guest that does nothing as well", async () => {
  const guest = await create({ workload: { name: "idle" } });
  guest.resume();
  await setTimeout(5);
  await guest.pause();
  guest.resetStall();
  await setTimeout(60);
  guest.resume();
  await until(() => guest.stall().largestGapMs >= 59);
  expect(guest.progress()).toBe(0n);
});

test("ending the dirty log holds up a guest that runs", async () => {
  const guest = await create({ workload: { name: "idle" }, stopDirtyLogCost: { ms: 60, stalls: true } });
  guest.startDirtyLog();
  guest.resume();
  await setTimeout(5);
  guest.resetStall();
  await guest.stopDirtyLog();
  await until(() => guest.stall().largestGapMs >= 59);
});

test("devices' time is the time that the guest ran", async () => {
  const guest = await create({ devices: [fakeDevice()] });
  const clockOf = (): unknown => (guest.devices[0] as { state: FakeState }).state.cpu_clock_offset;
  guest.resume();
  await setTimeout(10);
  await guest.pause();
  const ran = clockOf();
  expect(ran).toBeGreaterThanOrEqual(9_000_000n);
  await guest.pause();
  expect(clockOf()).toBe(ran);
  guest.resetDevices();
  expect(clockOf()).toBe(0n);
});

test("blocks have a kernel behind whose block there is room, and the contents that they came with", async () => {
  const contents = new Uint8Array(4 * 4096).fill(7);
  const guest = await create({ ram: [{ id: "pc.bios", size: contents.length, contents }, ...RAM] });
  const [bios] = guest.blocks;
  expect(bios?.bytes).toEqual(contents);
  for (const { kernel, size, bytes } of guest.blocks) {
    const room = kernel?.take(4096) as number;
    expect(room).toBeGreaterThanOrEqual(size);
    kernel?.bytes.fill(1, room, room + 4096);
    expect(bytes.buffer).toBe(kernel?.bytes.buffer);
  }
  expect(guest.verify()).toMatchObject(RIGHT);
});

test("what cannot be is refused", async () => {
  await expect(create({ writers: 9 })).rejects.toThrow(RangeError);
  await expect(create({ ram: [{ id: "pc.ram", size: 4097 }] })).rejects.toThrow("whole pages");
  await expect(create({ ram: [{ id: "pc.ram", size: 2 ** 32 }] })).rejects.toThrow("more than a memory has");
  const guest = await create();
  expect(() => guest.throttle(100)).toThrow(RangeError);
});
