import { join } from "node:path";
import { hex64 } from "../../codec/json.ts";
import type { Problem } from "../errors.ts";
import type { Item, PageRecord, RamBlockItem, SectionItem } from "../item.ts";
import type { Sink } from "../read/context.ts";
import { fileOfBlock } from "./file-name.ts";
import { PageStore } from "./page-store.ts";

/** A block of RAM and the file it was put into. */
export interface ExtractedBlock {
  readonly name: string;
  readonly length: number;
  readonly file: string;
  readonly pageSize: number;
  /** Pages that came; the others are zeros in the file. */
  readonly sent: number;
  /** Guest address, where the stream tells it. */
  readonly address?: string;
}

/** Puts RAM into files of a folder, as it is at the stream's end. */
export class Extractor implements Sink {
  readonly problems: Problem[] = [];
  readonly #store: PageStore;
  readonly #items: RamBlockItem[] = [];

  constructor(folder: string) {
    this.#store = new PageStore(
      ({ name }) => join(folder, fileOfBlock(name)),
      (problem) => this.problem(problem),
    );
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    if (item.item !== "ram-block" || this.#store.blocks.has(item.name)) return;
    this.#store.add(item);
    this.#items.push(item);
  };

  section = (): void => {};

  page = (record: PageRecord, bytes: Uint8Array): void => {
    this.#store.take(record, bytes);
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  /** Ends the writing of the files, also when there was an error. */
  close(): void {
    this.#store.close();
  }

  /** In the order of the stream. */
  get blocks(): ExtractedBlock[] {
    return this.#items.flatMap(({ name, length, address }) => {
      const block = this.#store.blocks.get(name);
      if (block === undefined) return [];
      const { pageSize, sent } = block;
      const at = address === undefined ? {} : { address: hex64(address) };
      return [{ name, length, file: fileOfBlock(name), pageSize, sent: sent.size, ...at }];
    });
  }
}
