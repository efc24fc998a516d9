import { bitmapWords } from "../dirty-bitmap.ts";
import type { Guest, RamBlock } from "../guest.ts";

/** A copy of a guest's RAM in the making. */
export interface Copy {
  readonly blocks: readonly Uint8Array[];
  /** Copies what was written to since the last time, as whoever moves a guest does; gives how many pages. */
  readonly round: () => number;
}

/** Begins the dirty log and copies all there is. */
export function startCopy(guest: Guest): Copy {
  const { blocks } = guest;
  guest.startDirtyLog();
  const copies = blocks.map(({ bytes }) => bytes.slice());
  const dirty = blocks.map(({ size, pageSize }) => new Uint32Array(bitmapWords(size / pageSize)));
  return {
    blocks: copies,
    round: () => {
      const pages = guest.syncDirty(dirty);
      for (const [i, bitmap] of dirty.entries()) copyPages(blocks[i] as RamBlock, bitmap, copies[i] as Uint8Array);
      return pages;
    },
  };
}

function copyPages({ bytes, pageSize }: RamBlock, bitmap: Uint32Array, into: Uint8Array): void {
  for (const [i, word] of bitmap.entries()) {
    for (let bits = word; bits !== 0; bits &= bits - 1) {
      const at = (32 * i + 31 - Math.clz32(bits & -bits)) * pageSize;
      into.set(bytes.subarray(at, at + pageSize), at);
    }
    bitmap[i] = 0;
  }
}

/** The first page of each block in which a copy is another; nothing where it is the same. */
export function differences({ blocks }: Guest, copies: readonly Uint8Array[]): string[] {
  return blocks.flatMap(({ id, bytes, pageSize }, i) => {
    const [own, copy] = [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), copies[i] as Uint8Array];
    if (own.equals(copy)) return [];
    const at = own.findIndex((byte, place) => byte !== copy[place]);
    return [`${id}, page ${Math.floor(at / pageSize)}`];
  });
}
