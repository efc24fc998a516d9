import type { Machine } from "../../codec/v1.ts";
import { pageHash } from "../../ram/page-hash.ts";
import { blockDigest } from "../block-digest.ts";
import { deviceReset } from "../device-reset.ts";
import { advanceDevices } from "../device-time.ts";
import { DirtyLog } from "../dirty-log.ts";
import type { Device, Guest, RamBlock } from "../guest.ts";
import { guestAccount } from "../guest-account.ts";
import { guestPage, setWork, tick, workOf } from "../guest-page.ts";
import type { GuestTruth } from "../guest-truth.ts";
import { MissingPages } from "../missing-pages.ts";
import { fillPage, PAGE_SIZE, PAGE_WORDS } from "../page-pattern.ts";
import { fillOf, mainBlock, type RamOptions, workingSetOf } from "../ram-options.ts";
import { countWrite, workOn } from "../work.ts";
import { workloadOf } from "../workload/index.ts";
import { StepPace } from "./step-pace.ts";

/** As the Clock of runtime/migration, which is built on this folder. */
export interface SteppedClock {
  readonly now: () => number;
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

export interface SteppedOptions extends Omit<RamOptions, "workload"> {
  readonly machine: Machine;
  readonly clock: SteppedClock;
  /** Become the guest's own; none unless said otherwise. */
  readonly devices?: readonly Device[];
  /** `uniform` unless said otherwise. Without a rate the guest writes only when it is stepped. */
  readonly workload?: RamOptions["workload"];
}

export interface SteppedGuest extends Guest, GuestTruth {
  /** That many writes at once, however it is slowed down; fewer where one waits for a page that is missing. The guest must run. */
  readonly step: (writes: number) => void;
}

/** Between two ticks of a guest that runs, in ms. */
const TICK = 1;

/**
 * A guest without threads, all of whose doings follow from its seed and a clock. It writes between the turns of the event loop, so that no
 * page is ever half written. It stands still until it is resumed.
 */
export function createSteppedGuest(options: SteppedOptions): SteppedGuest {
  const { machine, clock, devices = [], seed = 1, incoming = false, rate, stopDirtyLogCost } = options;
  const workload = options.workload ?? { name: "uniform" };
  const main = mainBlock({ ...options, workload });
  const blocks = options.ram.map(({ id, size, contents }, i): RamBlock => {
    const bytes = new Uint8Array(size);
    if (contents !== undefined && i !== main && !incoming) bytes.set(contents);
    return { id, size, pageSize: PAGE_SIZE, bytes };
  });
  const { bytes, size } = blocks[main] as RamBlock;
  const ram = bytes.buffer;
  const words = new Uint32Array(ram);
  const page0 = guestPage(ram);
  const pages = size / PAGE_SIZE;
  const fill = fillOf({ ...options, workload });
  if (!incoming) for (let page = 1; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, fill);
  const log = new DirtyLog(blocks.map((block) => block.size / PAGE_SIZE));
  const dirty = log.bitmaps[main] as DirtyLog["bitmaps"][number];
  const truth = new Uint32Array(pages);
  const work = { workload, workingSet: workingSetOf({ ...options, workload }, size), writers: 1, seed };
  const doWork = workOn(ram, 0, work);
  const pace = new StepPace(rate ?? 0, workloadOf(workload).rhythm?.(workload));
  let runsFrom: number | undefined;
  let stalls = 0;
  let callOff = (): void => {};
  const missing = new MissingPages(pages);
  let ask = (_page: number): void => {};

  /** Whether that made a clean page dirty; undefined when it did not happen, as it waits for a page. */
  const writeOnce = (): boolean | undefined => {
    if (doWork === undefined) return false;
    if (missing.mustWait(0, ask)) return undefined;
    const done = workOf(page0, 0);
    const page = doWork.pageOf(done);
    if (missing.mustWait(page, ask)) return undefined;
    doWork.write(page);
    const wasClean = dirty.mark(page);
    countWrite(truth, words, page);
    setWork(page0, 0, done + 1);
    dirty.mark(0);
    return wasClean;
  };
  const run = (): void => {
    callOff = clock.after(TICK, run);
    if (stalls > 0) return;
    const now = clock.now();
    if (missing.mustWait(0, ask)) {
      pace.restart(now);
      return;
    }
    tick(page0, BigInt(Math.round(now * 1e6)));
    dirty.mark(0);
    pace.turn(now, writeOnce);
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
    stopDirtyLog: () => {
      log.stop();
      if (stopDirtyLogCost === undefined) return Promise.resolve();
      const cost = stopDirtyLogCost.stalls ? 1 : 0;
      stalls += cost;
      return new Promise((resolve) => {
        clock.after(stopDirtyLogCost.ms, () => {
          stalls -= cost;
          resolve();
        });
      });
    },
    syncDirty: (into) => log.sync(into),
    pause: async () => {
      if (runsFrom === undefined) return;
      callOff();
      advanceDevices(devices, BigInt(Math.round((clock.now() - runsFrom) * 1e6)));
      runsFrom = undefined;
    },
    resume: () => {
      if (runsFrom !== undefined) return;
      runsFrom = clock.now();
      pace.restart(runsFrom);
      run();
    },
    throttle: (percent) => pace.throttle(percent),
    sleepWriters: (sleep) => pace.sleep(sleep),
    limitWriters: (pagesPerSecond) => pace.limit(pagesPerSecond),
    resetDevices: deviceReset(devices),
    postcopy: {
      start: (bitmaps, fault) => {
        missing.start(bitmaps[main] as Uint32Array);
        ask = (page) => fault(main, page);
      },
      placed: (block, page) => {
        if (block === main) missing.place(page);
      },
      end: () => missing.end(),
    },
    truthDigest: () =>
      blocks.map(({ id, bytes: held, size: length }) =>
        blockDigest(
          id,
          BigUint64Array.from({ length: length / PAGE_SIZE }, (_, page) =>
            pageHash(held.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)),
          ),
        ),
      ),
    step: (writes) => {
      if (runsFrom === undefined) throw new Error("The guest is paused, so it cannot be stepped.");
      for (let i = 0; i < writes && writeOnce() !== undefined; i++);
    },
  };
}
