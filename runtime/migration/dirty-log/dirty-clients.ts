import type { Guest } from "../../guest/guest.ts";

export interface DirtyClients {
  /**
   * The same guest with a dirty log of its own, off at first. It sees every page that is written to while it is on, whatever the others take.
   * To pause, to throttle and the like act on the one guest that there is.
   */
  readonly add: () => Guest;
}

interface Client {
  /** Pages that others took from the guest, and this one has not yet; a bitmap a block. */
  readonly pending: readonly Uint32Array[];
  hasPending: boolean;
}

/** Lets several users keep a dirty log of one guest: a migration, and whoever records the log beside it. */
export function createDirtyClients(guest: Guest): DirtyClients {
  const bitmaps = (): Uint32Array[] => guest.blocks.map(({ size, pageSize }) => new Uint32Array(Math.ceil(size / pageSize / 64) * 2));
  const on = new Set<Client>();
  let taken: Uint32Array[] | undefined;

  /** Takes what the guest has into the bitmaps of all that are on. */
  const share = (): void => {
    taken ??= bitmaps();
    for (const bitmap of taken) bitmap.fill(0);
    if (guest.syncDirty(taken) === 0) return;
    for (const client of on) {
      client.hasPending = true;
      for (const [index, bitmap] of client.pending.entries()) addBits(taken[index] as Uint32Array, bitmap);
    }
  };

  const add = (): Guest => {
    let own: Client | undefined;
    return {
      machine: guest.machine,
      blocks: guest.blocks,
      devices: guest.devices,
      get isRunning() {
        return guest.isRunning;
      },
      pause: () => guest.pause(),
      resume: () => guest.resume(),
      throttle: (percent) => guest.throttle(percent),
      sleepWriters: (sleep) => guest.sleepWriters(sleep),
      limitWriters: (pagesPerSecond) => guest.limitWriters(pagesPerSecond),
      resetDevices: (except) => guest.resetDevices(except),
      progress: () => guest.progress(),
      startDirtyLog: () => {
        if (own !== undefined) return;
        // What was written to until now is the others' alone.
        if (on.size === 0) guest.startDirtyLog();
        else share();
        own = { pending: bitmaps(), hasPending: false };
        on.add(own);
      },
      stopDirtyLog: async () => {
        if (own === undefined) return;
        on.delete(own);
        own = undefined;
        if (on.size === 0) await guest.stopDirtyLog();
      },
      syncDirty: (into) => {
        if (own === undefined) return 0;
        // A client by itself asks the guest, and pays for nobody else.
        if (on.size === 1 && !own.hasPending) return guest.syncDirty(into);
        share();
        own.hasPending = false;
        return own.pending.reduce((pages, bitmap, index) => pages + moveBits(bitmap, into[index] as Uint32Array), 0);
      },
    };
  };
  return { add };
}

/** Bitmaps may differ in the words behind their last page. */
function addBits(from: Uint32Array, to: Uint32Array): void {
  const words = Math.min(from.length, to.length);
  for (let index = 0; index < words; index++) {
    const word = from[index] as number;
    if (word !== 0) to[index] = (to[index] as number) | word;
  }
}

/** Gives how many bits there were. */
function moveBits(from: Uint32Array, to: Uint32Array): number {
  let count = 0;
  for (let index = 0; index < from.length; index++) {
    const word = from[index] as number;
    if (word === 0) continue;
    to[index] = (to[index] as number) | word;
    for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  }
  from.fill(0);
  return count;
}
