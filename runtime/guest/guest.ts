import type { Codec, Machine } from "../codec/v1.ts";
import type { PageKernel } from "../ram/page-kernel.ts";

/** A block of the guest's memory, by the name that it has in the stream. */
export interface RamBlock {
  readonly id: string;
  /** In bytes; a multiple of the page's. */
  readonly size: number;
  readonly pageSize: number;
  /** The memory itself, which the guest may write to at any time while it runs. */
  readonly bytes: Uint8Array;
  /** Where `bytes` lies at the start of a kernel's memory: what is done with every page is done there. */
  readonly kernel?: PageKernel;
}

/** A device of the guest, as one section of the stream. */
export interface Device {
  /** As on the wire, a path before it where the device has one: `0000:00:03.0/e1000`. */
  readonly name: string;
  readonly instance: number;
  readonly sectionId: number;
  // biome-ignore lint/suspicious/noExplicitAny: a list holds codecs of every state, and each state goes back to the codec that it came from.
  readonly codec: Codec<any, any>;
  /** What the codec asks for of the device's properties. */
  readonly properties: Readonly<Record<string, number | boolean | string>>;
  /** May be read and replaced while the guest is paused, never while it runs. */
  state: unknown;
}

/** A guest that can run before all of its memory is there. */
export interface PostcopyGuest {
  /**
   * Begins while the guest is paused, with the pages that are missing, one bitmap a block: from here on a thread that touches one of them
   * waits until it is placed, and `fault` hears of the page, once.
   */
  readonly start: (missing: readonly Uint32Array[], fault: (block: number, page: number) => void) => void;
  /** The page's content is in the memory; who waits for it goes on. */
  readonly placed: (block: number, page: number) => void;
  /** No page is missing any more. */
  readonly end: () => void;
}

/**
 * What is moved. Everything but `pause` and `stopDirtyLog` returns at once. The guest runs in threads of its own: between `resume` and the
 * end of `pause` its memory and its dirty bitmaps change under whoever looks.
 */
export interface Guest {
  readonly machine: Machine;
  readonly blocks: readonly RamBlock[];
  /** In the order of the stream. */
  readonly devices: readonly Device[];
  readonly isRunning: boolean;
  /** From here on each page that is written to is noted, behind the write; until then nothing is. */
  readonly startDirtyLog: () => void;
  /** May take long, as it does for a hypervisor: never to be waited for in the pause. */
  readonly stopDirtyLog: () => Promise<void>;
  /**
   * Adds the pages that were written to since the last call to one bitmap a block (u32 words, bit 0 of the first the first page) and forgets
   * them, each in one step: a page is never lost between the two. Gives how many pages there were, those included whose bit was set before.
   */
  readonly syncDirty: (into: readonly Uint32Array[]) => number;
  /** Resolves when no thread of the guest writes any more. */
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  /** Takes that share of the guest's time from all of its threads, 0 to 99 per cent. */
  readonly throttle: (percent: number) => void;
  /** Sleeps of so many ms for each thread, at most one in every `every` ms: how QEMU 1.6 throttled. Nothing stops it. */
  readonly sleepWriters: (sleep: { readonly ms: number; readonly every: number } | undefined) => void;
  /** Lets the guest make no more pages dirty that were not; writing to pages that are dirty already costs it nothing. */
  readonly limitWriters: (pagesPerSecond: number | undefined) => void;
  /** Back to the state in which a machine starts, but for the devices that are named. */
  readonly resetDevices: (except?: readonly string[]) => void;
  readonly postcopy?: PostcopyGuest;
  /** The guest's own count of the work that it has done. */
  readonly progress: () => bigint;
}
