import fc from "fast-check";
import { expect, test } from "vitest";
import { bitmapWords } from "../dirty-bitmap.ts";
import type { RamBlock } from "../guest.ts";
import { differences, startCopy } from "../proof/copy.ts";
import { FAKE_MACHINE, type FakeState, fakeDevice } from "../proof/fake-machine.ts";
import { ManualClock } from "../proof/manual-clock.ts";
import { SEED } from "../proof/seed.ts";
import { createSteppedGuest, type SteppedGuest, type SteppedOptions } from "./stepped-guest.ts";

const PAGES = 64;
const RAM = [
  { id: "vga.vram", size: 4 * 4096 },
  { id: "pc.ram", size: PAGES * 4096 },
];

function create(options: Partial<SteppedOptions> = {}): { readonly guest: SteppedGuest; readonly clock: ManualClock } {
  const clock = new ManualClock();
  return { guest: createSteppedGuest({ machine: FAKE_MACHINE, clock, ram: RAM, seed: SEED, ...options }), clock };
}

const ramOf = (guest: SteppedGuest): Uint8Array => (guest.blocks[1] as RamBlock).bytes;

/** Pages of pc.ram that a sync gives, the guest's own left out. */
function sync(guest: SteppedGuest): number[] {
  const into = RAM.map(({ size }) => new Uint32Array(bitmapWords(size / 4096)));
  guest.syncDirty(into);
  const words = into[1] as Uint32Array;
  return Array.from({ length: PAGES - 1 }, (_, i) => i + 1).filter((page) => (((words[page >>> 5] as number) >>> (page & 31)) & 1) === 1);
}

const workload = fc.constantFrom<NonNullable<SteppedOptions["workload"]>>(
  { name: "uniform" },
  { name: "sweep" },
  { name: "zipf" },
  { name: "hot-and-cold" },
  { name: "bursts", onMs: 3, offMs: 2 },
  { name: "byte-a-page" },
);
const initial = fc.constantFrom<"zero" | "random">("zero", "random");
const actions = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("step" as const), count: fc.nat(40) }),
    fc.record({ do: fc.constant("run" as const), count: fc.nat(20) }),
    fc.record({ do: fc.constantFrom("sync" as const, "pause" as const), count: fc.constant(0) }),
  ),
  { maxLength: 30 },
);

test("each page that was written to since the last sync is in the next, and no other is", async () => {
  await fc.assert(
    fc.asyncProperty(workload, initial, actions, async (spec, filled, all) => {
      const { guest, clock } = create({ workload: spec, initial: filled, rate: 5000 });
      guest.startDirtyLog();
      let before = ramOf(guest).slice();
      for (const action of all) {
        if (action.do === "pause") await guest.pause();
        else if (action.do !== "sync") guest.resume();
        if (action.do === "step") guest.step(action.count);
        if (action.do === "run") clock.goOn(action.count);
        if (action.do !== "sync") continue;
        const now = ramOf(guest).slice();
        const changed = Array.from({ length: PAGES - 1 }, (_, i) => i + 1).filter(
          (page) => Buffer.compare(now.subarray(page * 4096, (page + 1) * 4096), before.subarray(page * 4096, (page + 1) * 4096)) !== 0,
        );
        // A byte may have come back to what it was.
        if (spec.name === "byte-a-page") expect(sync(guest)).toEqual(expect.arrayContaining(changed));
        else expect(sync(guest)).toEqual(changed);
        before = now;
      }
      await guest.pause();
      expect(guest.verify()).toEqual({ pages: PAGES - 1, bad: [], badPages: 0, lostWrites: 0n });
    }),
    { seed: SEED },
  );
});

test("rounds of sync and copy make the guest's RAM, which goes on elsewhere as if it had stayed", async () => {
  await fc.assert(
    fc.asyncProperty(workload, initial, fc.array(fc.nat(15), { maxLength: 8 }), async (spec, filled, rounds) => {
      const options = { workload: spec, initial: filled, rate: 8000 };
      const { guest, clock } = create(options);
      guest.resume();
      clock.goOn(7);
      const copy = startCopy(guest);
      for (const ms of rounds) {
        clock.goOn(ms);
        copy.round();
      }
      clock.goOn(3);
      await guest.pause();
      copy.round();
      expect(differences(guest, copy.blocks)).toEqual([]);

      const moved = createSteppedGuest({ machine: FAKE_MACHINE, clock, ram: RAM, seed: SEED, ...options, incoming: true });
      for (const [i, block] of moved.blocks.entries()) block.bytes.set(copy.blocks[i] as Uint8Array);
      expect(moved.verify(guest.truth)).toMatchObject({ badPages: 0, lostWrites: 0n });
      expect(moved.progress()).toBe(guest.progress());
      for (const each of [guest, moved]) {
        each.resume();
        each.step(50);
        await each.pause();
        expect(each.verify()).toMatchObject({ badPages: 0, lostWrites: 0n });
      }
      expect(moved.truthDigest()).toEqual(guest.truthDigest());
    }),
    { seed: SEED, numRuns: 50 },
  );
});

test("a write that did not come along is told by the count alone", async () => {
  const { guest, clock } = create();
  guest.resume();
  guest.step(100);
  await guest.pause();
  const moved = createSteppedGuest({ machine: FAKE_MACHINE, clock, ram: RAM, seed: SEED, incoming: true });
  for (const [i, block] of moved.blocks.entries()) block.bytes.set(guest.blocks[i]?.bytes as Uint8Array);
  const page = guest.truth.findIndex((writes) => writes > 0);
  moved.blocks[1]?.bytes.fill(0, page * 4096, (page + 1) * 4096);
  const { truth } = guest;
  expect(moved.verify(truth).bad).toEqual([{ page, why: "lost", found: 0, expected: truth[page] }]);
  expect(moved.verify()).toMatchObject({ badPages: 0, lostWrites: BigInt(truth[page] as number) });
});

test("the dirty log notes nothing before it begins, and nothing behind its end", async () => {
  const { guest } = create({ workload: { name: "sweep" } });
  guest.resume();
  guest.step(10);
  expect(sync(guest)).toEqual([]);
  guest.startDirtyLog();
  expect(sync(guest)).toEqual([]);
  guest.step(2);
  expect(sync(guest)).toEqual([11, 12]);
  guest.step(1);
  await guest.stopDirtyLog();
  expect(sync(guest)).toEqual([]);
});

test("ending the dirty log takes its time, in which the guest stands still", async () => {
  const { guest, clock } = create({ rate: 1000, stopDirtyLogCost: { ms: 30, stalls: true } });
  guest.resume();
  clock.goOn(10);
  const before = guest.progress();
  let isOver = false;
  const over = guest.stopDirtyLog().then(() => {
    isOver = true;
  });
  clock.goOn(29);
  await Promise.resolve();
  expect([isOver, guest.progress()]).toEqual([false, before]);
  clock.goOn(1);
  await over;
  clock.goOn(10);
  expect(guest.progress()).toBeGreaterThan(before);
  expect(guest.stall().largestGapMs).toBeGreaterThanOrEqual(30);
});

test.each([
  ["nothing", () => {}, 1],
  ["a throttle of 70 per cent", (guest: SteppedGuest) => guest.throttle(70), 0.3],
  ["sleeps", (guest: SteppedGuest) => guest.sleepWriters({ ms: 30, every: 40 }), 0.25],
] as const)("slowed by %s it does its share", (_, slow, share) => {
  const { guest, clock } = create({ rate: 10_000 });
  slow(guest);
  guest.resume();
  clock.goOn(1000);
  expect(Number(guest.progress()) / 10_000).toBeCloseTo(share, 2);
});

test("under a limit so many clean pages become dirty, and those that are dirty cost nothing", () => {
  const { guest, clock } = create({ rate: 100_000 });
  guest.startDirtyLog();
  guest.limitWriters(1000);
  guest.resume();
  clock.goOn(20);
  sync(guest);
  const before = guest.progress();
  clock.goOn(20);
  const dirtied = sync(guest).length;
  expect(dirtied).toBeGreaterThanOrEqual(18);
  expect(dirtied).toBeLessThanOrEqual(21);
  expect(Number(guest.progress() - before)).toBeGreaterThanOrEqual(dirtied);
  guest.limitWriters(0);
  clock.goOn(20);
  expect(sync(guest)).toEqual([]);
  guest.limitWriters(undefined);
  clock.goOn(20);
  expect(sync(guest)).toHaveLength(PAGES - 1);
});

test("standing still is seen in RAM when the guest goes on", async () => {
  const { guest, clock } = create();
  guest.resume();
  clock.goOn(20);
  guest.resetStall();
  clock.goOn(5);
  const at = clock.now();
  await guest.pause();
  clock.goOn(123);
  guest.resume();
  expect(guest.stall()).toEqual({ largestGapMs: 123, at });
});

test("devices' time goes on while the guest runs, and a reset puts all of them back but those that are named", async () => {
  const devices = [fakeDevice("timer", 1), fakeDevice("0000:00:03.0/timer", 2)];
  const { guest, clock } = create({ devices });
  guest.resume();
  clock.goOn(12);
  await guest.pause();
  clock.goOn(100);
  const states = (): FakeState[] => guest.devices.map(({ state }) => state as FakeState);
  expect(states()).toEqual([
    { cpu_clock_offset: 12_000_000n, count: 1 },
    { cpu_clock_offset: 12_000_000n, count: 2 },
  ]);
  guest.resetDevices(["0000:00:03.0/timer"]);
  expect(states().map((state) => state.cpu_clock_offset)).toEqual([0n, 12_000_000n]);
});

test("a guest that is paused is not stepped, and options that cannot be are refused", () => {
  expect(() => create().guest.step(1)).toThrow("paused");
  expect(() => create({ workingSet: { first: 0, pages: 4 } })).toThrow(RangeError);
  expect(() => create({ workingSet: { first: 60, pages: 5 } })).toThrow(RangeError);
  expect(() => create({ main: "pc.rom" })).toThrow("pc.rom");
  expect(() => create().guest.throttle(100)).toThrow(RangeError);
  expect(() => create().guest.syncDirty([])).toThrow(RangeError);
});
