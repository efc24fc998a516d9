import { PageSet } from "../../ram/page-set.ts";
import { RamImage } from "../../ram/ram-image.ts";
import { isZero } from "../../ram/zero-page.ts";
import { type Problem, StreamError } from "../errors.ts";
import type { PageRecord, RamBlockItem } from "../item.ts";
import { decodePage } from "./decode-page.ts";

/** A block of RAM as it is so far. */
export interface StoredBlock {
  readonly name: string;
  readonly length: number;
  readonly image: RamImage;
  /** Bytes of a page; 4096 until one came. */
  pageSize: number;
  /** Pages that came, in whatever form. */
  readonly sent: PageSet;
  /** Those of them that the file holds; the others are zero. */
  readonly written: PageSet;
}

/** What RAM holds, from what was sent of it, in a file for each block. */
export class PageStore {
  readonly blocks = new Map<string, StoredBlock>();
  readonly #fileOf: (block: RamBlockItem) => string;
  readonly #problem: (problem: Problem) => void;
  #page: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  /** `fileOf` gives the path of a block's file, which must not exist. */
  constructor(fileOf: (block: RamBlockItem) => string, problem: (problem: Problem) => void) {
    this.#fileOf = fileOf;
    this.#problem = problem;
  }

  /** A block of a name that was listed before goes without, as nothing tells its pages apart. */
  add(block: RamBlockItem): void {
    const { name, length, at } = block;
    if (this.blocks.has(name)) return;
    try {
      const image = new RamImage(this.#fileOf(block), length);
      this.blocks.set(name, { name, length, image, pageSize: 4096, sent: new PageSet(), written: new PageSet() });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EFBIG" && code !== "EINVAL") throw error;
      throw new StreamError("limit", at, `ram/${name}`, `The block '${name}' has ${length} bytes, more than a file here can have.`);
    }
  }

  /** Takes a record, and gives the page as it is then; nothing where there is none, which is a problem unless it was one already. */
  take(record: PageRecord, bytes: Uint8Array): Uint8Array | undefined {
    const { kind, offset, pageSize, mark } = record;
    const block = this.blocks.get(record.block);
    // Of a page that is not in a mapped block's bitmap the file holds what it was once.
    if (block === undefined || (kind === "mapped" && mark === 0)) return undefined;
    if (offset + pageSize > block.length) {
      if (offset < block.length) this.#refuse(record, "outside-block", `A page at 0x${offset.toString(16)} goes beyond its block.`);
      return undefined;
    }
    if (this.#page.length !== pageSize) this.#page = new Uint8Array(pageSize);
    const page = this.#page;
    const number = offset / pageSize;
    try {
      decodePage(record, bytes, page, (into) => this.#read(block, number, into));
    } catch (error) {
      const why = (error as Error).message.replace(/\.?$/, ".");
      this.#refuse(record, kind === "xbzrle" ? "bad-xbzrle" : "bad-value", `What this ${kind} record holds makes no page: ${why}`);
      return undefined;
    }
    this.#put(record, block, number, page);
    return page;
  }

  /** Fills in a page as it is now; false when it is all zero. */
  read(block: StoredBlock, number: number, into: Uint8Array): boolean {
    this.#read(block, number, into);
    return block.written.has(number) && !isZero(into);
  }

  /** Ends the writing of the files. */
  close(): void {
    for (const { image } of this.blocks.values()) image.close();
  }

  /** The same when nobody will read them. */
  discard(): void {
    for (const { image } of this.blocks.values()) image.discard();
  }

  #read({ image, written }: StoredBlock, number: number, into: Uint8Array): void {
    if (written.has(number)) image.read(number * into.length, into);
    else into.fill(0);
  }

  #put(record: PageRecord, block: StoredBlock, number: number, page: Uint8Array): void {
    block.pageSize = page.length;
    const isKept = !isZero(page) || block.written.has(number);
    if (block.sent.add(number) === undefined || (isKept && block.written.add(number) === undefined))
      throw new StreamError("limit", record.at, `ram/${block.name}`, "The stream has more pages than can be told apart.");
    if (isKept) block.image.write(record.offset, page);
  }

  #refuse({ at, block }: PageRecord, code: Problem["code"], message: string): void {
    this.#problem({ code, at, path: `ram/${block}`, message });
  }
}
