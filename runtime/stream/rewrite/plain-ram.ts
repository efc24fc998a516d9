import type { Item, PageRecord, SectionItem } from "../item.ts";
import type { Out } from "../out.ts";
import type { PageStore } from "../ram/page-store.ts";
import { writePage } from "../write-page.ts";
import { RewriteError } from "./edits.ts";
import { type RamWriter, writeRecord } from "./ram-writer.ts";

/** Records as they came, but for those that only make a page with what came before or with zlib: they become pages. */
export class PlainRam implements RamWriter {
  pageSize = 4096;
  readonly #store: PageStore;

  constructor(store: PageStore) {
    this.#store = store;
  }

  item = (item: Exclude<Item, SectionItem>): boolean => {
    if (item.item === "ram-block") this.#store.add(item);
    return false;
  };

  section = (): void => {};
  command = (): void => {};

  page = (record: PageRecord, bytes: Uint8Array, out: Out): void => {
    this.pageSize = record.pageSize;
    const page = this.#store.take(record, bytes);
    if (record.kind !== "xbzrle" && record.kind !== "compressed") {
      writeRecord(out, record, bytes.subarray(record.from, record.to));
      return;
    }
    if (page === undefined) throw new RewriteError(`The ${record.kind} page at offset ${record.at} makes no page.`);
    const { offset, named, block } = record;
    writePage(out, { kind: "page", offset, mark: 0, ...(named ? { block } : {}) }, page);
  };
}
