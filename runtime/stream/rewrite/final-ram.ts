import { COMMANDS, RAM, TYPE } from "../format.ts";
import type { CommandItem, Item, PageRecord, SectionItem } from "../item.ts";
import type { Out } from "../out.ts";
import type { PageStore, StoredBlock } from "../ram/page-store.ts";
import { writePage } from "../write-page.ts";
import { RewriteError } from "./edits.ts";
import { type RamWriter, writeRecord } from "./ram-writer.ts";

const NAME = "ram";
const NOTHING = new Uint8Array(0);

/** What may not come when each page is sent once: behind these, pages are sent that were sent before, while the guest runs. */
const POSTCOPY = new Set(
  ["postcopy-listen", "postcopy-run", "packaged"].map((wanted) => COMMANDS.findIndex(({ name }) => name === wanted)),
);

/**
 * Each page that came once, with what it holds at the end: in the last part of the ram section, for which the parts before it are left out.
 * Where that part is missing, as in a background snapshot, one is made. Pages of mapped RAM are written once by nature, and stay.
 */
export class FinalRam implements RamWriter {
  pageSize = 4096;
  readonly #store: PageStore;
  #id: number | undefined;
  /** In which part of the ram section the items are; nothing outside of it. */
  #part: "start" | "part" | "end" | undefined;
  #hasFooters = false;

  constructor(store: PageStore) {
    this.#store = store;
  }

  item = (item: Exclude<Item, SectionItem>, out: Out): boolean => {
    switch (item.item) {
      case "start":
        this.#part = item.name === NAME ? "start" : undefined;
        if (this.#part !== undefined) this.#id = item.id;
        return false;
      case "part":
      case "end":
        this.#part = item.id === this.#id ? item.item : undefined;
        return this.#part === "part";
      case "ram-block":
        this.#store.add(item);
        return false;
      case "ram-eos":
        if (this.#part === "end") this.#writePages(out);
        return this.#part === "part";
      case "footer": {
        const isLeftOut = this.#part === "part";
        if (this.#part !== undefined) this.#hasFooters = true;
        this.#part = undefined;
        return isLeftOut;
      }
      case "eof":
        this.section(out);
        return false;
      default:
        return this.#part === "part";
    }
  };

  section = (out: Out): void => {
    this.#part = undefined;
    if (this.#id === undefined || [...this.#store.blocks.values()].every(({ sent }) => sent.size === 0)) return;
    out.u8(TYPE.part);
    out.be32(this.#id);
    this.#writePages(out);
    out.word(0, RAM.eos);
    if (!this.#hasFooters) return;
    out.u8(TYPE.footer);
    out.be32(this.#id);
  };

  command = ({ command, at }: CommandItem): void => {
    this.#part = undefined;
    if (!POSTCOPY.has(command)) return;
    throw new RewriteError(`At offset ${at} post-copy begins; behind that no page can be sent once, with its final content.`);
  };

  page = (record: PageRecord, bytes: Uint8Array, out: Out): void => {
    this.pageSize = record.pageSize;
    if (record.kind === "mapped") writeRecord(out, record, bytes.subarray(record.from, record.to));
    else if (this.#store.take(record, bytes) === undefined)
      throw new RewriteError(`The record at offset ${record.at} makes no page of the block '${record.block}'.`);
  };

  #writePages(out: Out): void {
    for (const block of this.#store.blocks.values()) {
      this.#writeBlock(out, block);
      block.sent.clear();
    }
  }

  #writeBlock(out: Out, block: StoredBlock): void {
    const page = new Uint8Array(block.pageSize);
    let isFirst = true;
    for (const number of block.sent) {
      const head = { offset: number * page.length, mark: 0, ...(isFirst ? { block: block.name } : {}) };
      isFirst = false;
      if (!this.#store.read(block, number, page)) writePage(out, { kind: "zero", ...head }, NOTHING);
      else writePage(out, { kind: "page", ...head }, page);
    }
  }
}
