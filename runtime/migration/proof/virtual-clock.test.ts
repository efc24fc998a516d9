import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { sleep } from "../clock.ts";
import { VirtualClock } from "./virtual-clock.ts";

test("timers are called in the order of their times, and those of one time in the order of asking", async () => {
  const clock = new VirtualClock();
  const called: string[] = [];
  const note = (name: string) => () => void called.push(`${name} ${clock.now()}`);
  clock.after(20, note("late"));
  clock.after(10, note("first"));
  clock.after(10, note("second"));
  clock.after(0, () => clock.after(10, note("third")));
  await clock.run(sleep(clock, 30));
  expect(called).toEqual(["first 10", "second 10", "third 10", "late 20"]);
});

test("what is called off is not called, and nor is what comes after the end of time", async () => {
  const clock = new VirtualClock();
  const called: number[] = [];
  const off = clock.after(1, () => called.push(1));
  clock.after(Number.POSITIVE_INFINITY, () => called.push(2));
  clock.after(2, () => called.push(3));
  off();
  off();
  await clock.advance(100);
  expect([called, clock.now()]).toEqual([[3], 100]);
});

test("time stands while promises, immediates and files go on", async () => {
  const clock = new VirtualClock();
  const folder = await mkdtemp(join(tmpdir(), "vmstate-clock-"));
  const work = async (): Promise<number> => {
    for (let i = 0; i < 20; i++) await setImmediate();
    for (let i = 0; i < 3; i++) await writeFile(join(folder, "file"), Buffer.alloc(100_000));
    return clock.now();
  };
  clock.after(1, () => undefined);
  expect(await clock.run(work())).toBe(0);
  await rm(folder, { recursive: true });
});

test("work that waits for what never happens, or too long, is an error", async () => {
  const clock = new VirtualClock();
  await expect(clock.run(sleep(clock, Number.POSITIVE_INFINITY))).rejects.toThrow("Nothing can happen any more at 0 ms");
  const forEver = (): void => void clock.after(10, forEver);
  forEver();
  await expect(clock.run(new Promise(() => undefined), { limit: 100 })).rejects.toThrow("The work is not done at 100 ms.");
  expect(clock.now()).toBe(100);
});

test("work that fails fails as it did", async () => {
  const clock = new VirtualClock();
  const work = sleep(clock, 5).then(() => Promise.reject(new Error("the work's own")));
  await expect(clock.run(work)).rejects.toThrow("the work's own");
});
