import type { CommandItem, Item, PageRecord, SectionItem } from "../item.ts";
import type { Out } from "../out.ts";
import { writePage } from "../write-page.ts";

/** How RAM is written again; it takes what it does not leave to others. */
export interface RamWriter {
  readonly pageSize: number;
  /** True when the item is not to be written as it is. */
  readonly item: (item: Exclude<Item, SectionItem>, out: Out) => boolean;
  readonly page: (record: PageRecord, bytes: Uint8Array, out: Out) => void;
  /** Before a device's section. */
  readonly section: (out: Out) => void;
  readonly command: (item: CommandItem) => void;
}

/** Every record as it came. */
export class SameRam implements RamWriter {
  pageSize = 4096;

  item = (): boolean => false;
  section = (): void => {};
  command = (): void => {};

  page = (record: PageRecord, bytes: Uint8Array, out: Out): void => {
    this.pageSize = record.pageSize;
    writeRecord(out, record, bytes.subarray(record.from, record.to));
  };
}

export function writeRecord(out: Out, { kind, offset, mark, named, block }: PageRecord, payload: Uint8Array): void {
  writePage(out, { kind, offset, mark, ...(named ? { block } : {}) }, payload);
}
