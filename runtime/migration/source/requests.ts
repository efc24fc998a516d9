import type { RamBlock } from "../../guest/guest.ts";

/** Pages that the destination waits for, the first one first. */
export class Requests {
  readonly #blocks: readonly RamBlock[];
  readonly #waiting: { readonly block: number; readonly page: number }[] = [];
  #last = -1;
  /** How many there were. */
  count = 0;

  constructor(blocks: readonly RamBlock[]) {
    this.#blocks = blocks;
  }

  /** Without a block: of the one before. A request for what is not there is passed over: the destination waits for nothing then. */
  add(id: string | undefined, offset: number, length: number): void {
    if (id !== undefined) this.#last = this.#blocks.findIndex((block) => block.id === id);
    const block = this.#blocks[this.#last];
    if (block === undefined) return;
    const behind = Math.min(offset + length, block.size) / block.pageSize;
    for (let page = Math.floor(offset / block.pageSize); page < behind; page++) this.#waiting.push({ block: this.#last, page });
    this.count++;
  }

  next(): { readonly block: number; readonly page: number } | undefined {
    return this.#waiting.shift();
  }
}
