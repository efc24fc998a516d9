import { setTimeout } from "node:timers/promises";
import type { Machine } from "../../codec/v1.ts";
import { blockDigest } from "../block-digest.ts";
import { deviceReset } from "../device-reset.ts";
import { advanceDevices } from "../device-time.ts";
import { DirtyLog } from "../dirty-log.ts";
import type { Device, Guest } from "../guest.ts";
import { guestAccount } from "../guest-account.ts";
import { MOST_WRITERS } from "../guest-page.ts";
import type { GuestTruth } from "../guest-truth.ts";
import { MissingPages } from "../missing-pages.ts";
import { fillPage, PAGE_SIZE, PAGE_WORDS } from "../page-pattern.ts";
import { fillOf, mainBlock, type RamOptions, workingSetOf } from "../ram-options.ts";
import { LIMIT, NO_LIMIT, SLEEP, SLEEP_EVERY, THROTTLE, TOKENS } from "./control.ts";
import { kernelHashes } from "./kernel-hashes.ts";
import { createBlock, type KernelBlock } from "./synthetic-ram.ts";
import { Threads } from "./threads.ts";

export interface SyntheticOptions extends RamOptions {
  readonly machine: Machine;
  /** Become the guest's own; none unless said otherwise. */
  readonly devices?: readonly Device[];
  /** Threads that write, 1 to 8; 1 unless said otherwise. One more ticks. */
  readonly writers?: number;
}

export interface SyntheticGuest extends Guest, GuestTruth {
  /** Ends the threads; its memory stays. */
  readonly stop: () => Promise<void>;
}

/**
 * A guest of our own, whose threads write to its RAM while it is moved, and which knows what RAM has to hold. It stands still until it is
 * resumed.
 */
export async function createSyntheticGuest(options: SyntheticOptions): Promise<SyntheticGuest> {
  const { machine, devices = [], writers = 1, workload, seed = 1, rate, incoming = false, stopDirtyLogCost } = options;
  if (!(Number.isInteger(writers) && writers >= 1 && writers <= MOST_WRITERS))
    throw new RangeError(`A guest has 1 to ${MOST_WRITERS} writers, not ${writers}.`);
  const main = mainBlock(options);
  const blocks = options.ram.map(({ id, size, contents }, i) =>
    createBlock(contents === undefined || i === main || incoming ? { id, size } : { id, size, contents }),
  );
  const { bytes, kernel, size } = blocks[main] as KernelBlock;
  const fill = fillOf(options);
  const pages = size / PAGE_SIZE;
  if (!incoming && fill.with !== "zero") for (let page = 1; page < pages; page++) fillPage(kernel.words, page * PAGE_WORDS, page, fill);
  const log = new DirtyLog(blocks.map((block) => block.size / PAGE_SIZE));
  const truth = new Uint32Array(new SharedArrayBuffer(4 * pages));
  const work = { workload, workingSet: workingSetOf(options, size), writers, seed };
  const dirty = log.bitmaps[main] as DirtyLog["bitmaps"][number];
  const missing = new MissingPages(pages);
  const threads = new Threads();
  const ram = bytes.buffer as SharedArrayBuffer;
  const perMs = rate === undefined ? undefined : rate / writers / 1000;
  const shared = { ram, dirty: dirty.words.buffer, truth: truth.buffer, missing: missing.words.buffer };
  await threads.start({ ...shared, pages, work, perMs }, writers);

  const hashes = blocks.map(kernelHashes);
  let runsFrom: bigint | undefined;
  let pausing: Promise<void> | undefined;
  const pause = async (from: bigint): Promise<void> => {
    await threads.pause();
    advanceDevices(devices, process.hrtime.bigint() - from);
    runsFrom = undefined;
    pausing = undefined;
  };

  return {
    machine,
    blocks,
    devices,
    ...guestAccount({ ram: bytes, fill, work, truth, incoming, dirty }),
    get isRunning() {
      return runsFrom !== undefined;
    },
    startDirtyLog: () => log.start(),
    stopDirtyLog: async () => {
      log.stop();
      if (stopDirtyLogCost === undefined) return;
      const { ms, stalls } = stopDirtyLogCost;
      if (stalls) threads.stall(true);
      await setTimeout(ms);
      if (stalls) threads.stall(false);
    },
    syncDirty: (into) => log.sync(into),
    pause: async () => {
      if (runsFrom === undefined) return;
      pausing ??= pause(runsFrom);
      await pausing;
    },
    resume: () => {
      if (pausing !== undefined) throw new Error("The guest is being paused.");
      runsFrom ??= process.hrtime.bigint();
      threads.run();
    },
    throttle: (percent) => {
      if (!(percent >= 0 && percent <= 99)) throw new RangeError(`A throttle takes 0 to 99 per cent, not ${percent}.`);
      threads.set(THROTTLE, percent);
    },
    sleepWriters: (sleep) => {
      threads.set(SLEEP_EVERY, sleep?.every ?? 0);
      threads.set(SLEEP, sleep?.ms ?? 0);
    },
    limitWriters: (pagesPerSecond) => {
      threads.set(TOKENS, 0);
      threads.set(LIMIT, pagesPerSecond === undefined ? NO_LIMIT : Math.round(pagesPerSecond));
    },
    resetDevices: deviceReset(devices),
    postcopy: {
      start: (bitmaps, fault) => {
        missing.start(bitmaps[main] as Uint32Array);
        // What a thread says takes its time: the page may have come meanwhile.
        threads.asked = (page) => missing.has(page) && fault(main, page);
      },
      placed: (block, page) => {
        if (block === main && missing.place(page)) threads.wake();
      },
      end: () => {
        missing.end();
        threads.wake();
      },
    },
    truthDigest: () => blocks.map(({ id }, i) => blockDigest(id, (hashes[i] as (typeof hashes)[number])())),
    stop: () => threads.stop(),
  };
}
