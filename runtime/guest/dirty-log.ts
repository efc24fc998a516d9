import { DirtyBitmap } from "./dirty-bitmap.ts";
import type { Guest } from "./guest.ts";

/**
 * The dirty log of a guest whose writers mark pages all the time. That a look at a flag saved the marking would be wrong: behind it the write
 * may still be on its way while the log is begun and the page is read.
 */
export class DirtyLog {
  /** One a block. */
  readonly bitmaps: readonly DirtyBitmap[];
  #isOn = false;

  constructor(pages: readonly number[]) {
    this.bitmaps = pages.map((count) => new DirtyBitmap(count));
  }

  start(): void {
    for (const bitmap of this.bitmaps) bitmap.clear();
    this.#isOn = true;
  }

  stop(): void {
    this.#isOn = false;
  }

  sync(into: Parameters<Guest["syncDirty"]>[0]): number {
    if (into.length !== this.bitmaps.length) throw new RangeError(`${into.length} bitmaps, where there are ${this.bitmaps.length} blocks.`);
    if (!this.#isOn) return 0;
    return this.bitmaps.reduce((pages, bitmap, block) => pages + bitmap.exchangeInto(into[block] as Uint32Array), 0);
  }
}
