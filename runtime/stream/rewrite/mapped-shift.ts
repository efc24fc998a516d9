import type { Item, RamBlockItem, SectionItem } from "../item.ts";
import { RewriteError } from "./edits.ts";

/**
 * Mapped RAM tells offsets of the file. When what stands before it became longer or shorter, the first gap takes that up: pages stay where
 * they were, as they must lie at whole megabytes.
 */
export class MappedShift {
  /** Bytes that the gap behind the block in hand has to give. */
  #owed = 0;

  /** The item as it is to be written, `at` an offset; nothing for a gap that is gone. */
  item(item: Exclude<Item, SectionItem>, at: number): Exclude<Item, SectionItem> | undefined {
    if (item.item === "ram-block" && item.mapped !== undefined) return this.#moved(item, at - item.at);
    if (item.item !== "gap" || this.#owed === 0) return item;
    const bytes = Math.max(0, item.bytes - this.#owed);
    this.#owed -= item.bytes - bytes;
    return bytes === 0 ? undefined : { ...item, bytes };
  }

  #moved(item: RamBlockItem, shift: number): RamBlockItem {
    const { mapped } = item;
    if (mapped === undefined || shift === 0) return item;
    const gap = mapped.pagesOffset - mapped.bitmapOffset - 8 * Math.ceil(item.length / mapped.pageSize / 64);
    if (shift > gap)
      throw new RewriteError(`The machine type's name is ${shift} bytes longer, for which mapped RAM leaves no room: there are ${gap}.`);
    this.#owed = shift;
    return { ...item, mapped: { ...mapped, bitmapOffset: mapped.bitmapOffset + shift } };
  }
}
