import type { RamBlock } from "../guest/guest.ts";
import { copyBytes } from "../ram/copy-bytes.ts";
import { decodeXbzrle } from "../ram/xbzrle.ts";
import { XbzrleError } from "../ram/xbzrle-error.ts";
import type { PageRecord, PageSeries, RamBlockItem } from "../stream/item.ts";
import { bitmapOf, bitsIn, pagesOf } from "./dirty-pages.ts";

/** Why what came cannot be put into the guest's memory; the section's part of an error's path, and a sentence. */
export class RamRefusal extends Error {
  override readonly name = "RamRefusal";
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

interface Receiving {
  readonly block: RamBlock;
  /** Its place among the blocks. */
  readonly at: number;
  /** Pages that came at least once, and are not to come again. */
  readonly received: Uint32Array;
}

/** Puts pages into the guest's memory, which is fresh: all zero until something comes. */
export class RamReceiver {
  readonly #blocks: ReadonlyMap<string, Receiving>;
  readonly #listed = new Set<string>();
  #last: Receiving | undefined;
  #hasOldPages = false;
  /**
   * Hears of each page, and of the block by its place, once the content is there. Set where the guest runs without the rest of its memory: a
   * page that is there then is the guest's, and nothing that comes again overwrites it.
   */
  placed: ((block: number, page: number) => void) | undefined;
  /** Bytes of pages that came with content. */
  bytes = 0;

  constructor(blocks: readonly RamBlock[]) {
    this.#blocks = new Map(blocks.map((block, at) => [block.id, { block, at, received: bitmapOf(block) }]));
  }

  /** A block as the source lists it. Throws RamRefusal for one that is not here, or is here of another size. */
  list({ name, length }: Pick<RamBlockItem, "name" | "length">): void {
    const own = this.#blocks.get(name);
    const path = `ram/${name}`;
    if (own === undefined) throw new RamRefusal(path, `The source has a block '${name}', which is not here.`);
    if (own.block.size !== length)
      throw new RamRefusal(path, `The block '${name}' has ${length} bytes at the source and ${own.block.size} bytes here.`);
    this.#listed.add(name);
  }

  /** Throws RamRefusal for a block that is here alone. */
  endList(): void {
    for (const name of this.#blocks.keys())
      if (!this.#listed.has(name)) throw new RamRefusal(`ram/${name}`, `The block '${name}' is here, and the source does not have it.`);
  }

  /** Throws RamRefusal. */
  page(record: PageRecord, bytes: Uint8Array): void {
    const { block, at, received } = this.#find(record.block);
    const { offset, pageSize } = record;
    const page = offset / block.pageSize;
    const isNew = mark(received, page);
    if (!isNew && this.placed !== undefined) return;
    if (record.kind === "zero") {
      if (!isNew || this.#hasOldPages) block.bytes.fill(0, offset, offset + pageSize);
      this.placed?.(at, page);
      return;
    }
    const payload = bytes.subarray(record.from, record.to);
    this.bytes += payload.length;
    if (record.kind === "page" || record.kind === "multifd") copyBytes(block.bytes, offset, payload);
    else if (record.kind === "xbzrle") applyDelta(payload, block, offset);
    else throw new RamRefusal(`ram/${block.id}`, `A page of the kind '${record.kind}' comes, which was not agreed on.`);
    this.placed?.(at, page);
  }

  pages({ block: name, offset, pageSize, pages, from, stride }: PageSeries, bytes: Uint8Array): void {
    const { block, at, received } = this.#find(name);
    const into = block.bytes;
    let page = offset / block.pageSize;
    for (let place = from, end = from + pages * stride; place < end; place += stride, page++) {
      if (!mark(received, page) && this.placed !== undefined) continue;
      copyBytes(into, page * pageSize, bytes.subarray(place, place + pageSize));
      this.placed?.(at, page);
    }
    this.bytes += pages * pageSize;
  }

  /** Which pages of a block came, as the return path tells it. */
  received(name: string): Uint32Array {
    return this.#find(name).received;
  }

  /** Pages of a block that have not come, a bit each. */
  missing(name: string): Uint32Array {
    const { block, received } = this.#find(name);
    const missing = received.map((word) => ~word);
    const pages = pagesOf(block);
    // Behind the last page there is nothing to miss.
    for (let page = pages; page < 32 * missing.length; page++) missing[page >>> 5] = (missing[page >>> 5] as number) & ~(1 << (page & 31));
    return missing;
  }

  /** How many pages of all blocks have not come. */
  get missingPages(): number {
    let count = 0;
    for (const name of this.#blocks.keys()) count += bitsIn(this.missing(name));
    return count;
  }

  /** Pages that are to come again, as what came is old; it stays where it is, as nobody reads it. Throws RamRefusal. */
  forget(name: string, start: number, length: number): void {
    const { received, block } = this.#find(name);
    const [from, to] = [start / block.pageSize, (start + length) / block.pageSize];
    if (!Number.isInteger(from) || !Number.isInteger(to) || to > pagesOf(block))
      throw new RamRefusal(`ram/${name}`, `What is to be discarded of '${name}' is no whole pages of it.`);
    this.#hasOldPages = true;
    for (let page = from; page < to; page++) received[page >>> 5] = (received[page >>> 5] as number) & ~(1 << (page & 31));
  }

  #find(name: string): Receiving {
    if (this.#last?.block.id === name) return this.#last;
    const found = this.#blocks.get(name);
    if (found === undefined) throw new RamRefusal(`ram/${name}`, `A page belongs to the block '${name}', which is not here.`);
    this.#last = found;
    return found;
  }
}

function mark(bitmap: Uint32Array, page: number): boolean {
  const [word, bit] = [page >>> 5, 1 << (page & 31)];
  const before = bitmap[word] as number;
  if ((before & bit) !== 0) return false;
  bitmap[word] = before | bit;
  return true;
}

function applyDelta(payload: Uint8Array, { bytes, id, pageSize }: RamBlock, offset: number): void {
  try {
    decodeXbzrle(payload, bytes.subarray(offset, offset + pageSize));
  } catch (error) {
    if (!(error instanceof XbzrleError)) throw error;
    throw new RamRefusal(
      `ram/${id}`,
      `The page at 0x${offset.toString(16)} of '${id}' comes as a difference that is none: ${error.message}`,
    );
  }
}
