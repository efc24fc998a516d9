import type { RamBlock } from "../../guest/guest.ts";
import { isZero } from "../../ram/zero-page.ts";
import { type Clock, sleep } from "../clock.ts";

/** Pages that are looked at before others have their turn. */
const PIECE = 4096;

/** A bitmap a block of the pages that hold zeros only. The guest may write meanwhile; a page is what it was when it was looked at. */
export async function zeroBitmaps(blocks: readonly RamBlock[], clock: Clock): Promise<Uint32Array[]> {
  const bitmaps: Uint32Array[] = [];
  for (const { bytes, size, pageSize, kernel } of blocks) {
    const pages = size / pageSize;
    const bitmap = new Uint32Array(Math.ceil(pages / 64) * 2);
    for (let page = 0; page < pages; page++) {
      if (page % PIECE === PIECE - 1) await sleep(clock, 0);
      const at = page * pageSize;
      if (kernel?.zero(at) ?? isZero(bytes, at, at + pageSize)) bitmap[page >>> 5] = (bitmap[page >>> 5] as number) | (1 << (page & 31));
    }
    bitmaps.push(bitmap);
  }
  return bitmaps;
}
