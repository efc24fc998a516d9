import type { Guest, RamBlock } from "../../../guest/guest.ts";

/** RAM and a dirty log, and nothing else of a guest; what is written to it is said, and kept in `writes`. */
export interface FakeGuest extends Pick<Guest, "blocks" | "startDirtyLog" | "stopDirtyLog" | "syncDirty"> {
  readonly write: (block: number, page: number) => void;
  /** The guest's own record: every page since the last `takeWrites`, whether it was logged or not, as `block/page`. */
  readonly takeWrites: () => Set<string>;
  readonly isLogged: () => boolean;
}

export function createFakeGuest(pages: readonly number[], pageSize = 4096): FakeGuest {
  const blocks: RamBlock[] = pages.map((count, index) => {
    return { id: `block.${index}`, size: count * pageSize, pageSize, bytes: new Uint8Array(count * pageSize) };
  });
  let writes = new Set<string>();
  let dirty = pages.map(() => new Set<number>());
  let isLogged = false;
  return {
    blocks,
    write: (block, page) => {
      writes.add(`${block}/${page}`);
      const { bytes } = blocks[block] as RamBlock;
      bytes[page * pageSize] = 1;
      if (isLogged) dirty[block]?.add(page);
    },
    takeWrites: () => {
      const taken = writes;
      writes = new Set();
      return taken;
    },
    isLogged: () => isLogged,
    startDirtyLog: () => {
      isLogged = true;
      dirty = pages.map(() => new Set());
    },
    stopDirtyLog: async () => {
      isLogged = false;
    },
    syncDirty: (into) => {
      const count = dirty.reduce((sum, { size }) => sum + size, 0);
      for (const [block, set] of dirty.entries()) {
        const bitmap = into[block] as Uint32Array;
        for (const page of set) bitmap[page >>> 5] = (bitmap[page >>> 5] as number) | (1 << (page & 31));
        set.clear();
      }
      return count;
    },
  };
}
