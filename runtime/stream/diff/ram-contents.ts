import { hex64 } from "../../codec/json.ts";
import type { Problem } from "../errors.ts";
import type { PageRecord, RamBlockItem } from "../item.ts";
import { decodePage } from "../ram/decode-page.ts";
import { PageHasher } from "../ram/page-hasher.ts";
import { PageHashes } from "../ram/page-hashes.ts";
import type { PageStore } from "../ram/page-store.ts";
import type { Differs } from "./difference.ts";

interface HashedBlock {
  readonly length: number;
  readonly address: string | null;
  readonly hashes: PageHashes;
  /** Nothing until a page came. */
  pageSize: number | undefined;
}

/** What RAM holds at the end of a stream, by hashes. */
export class RamContents {
  readonly #blocks = new Map<string, HashedBlock>();
  readonly #store: PageStore | undefined;
  #hasher = new PageHasher(4096);
  #page = new Uint8Array(4096);
  /** True once a page came that only changes what was there before, which needs a store. */
  needsStore = false;

  /** `store` keeps RAM itself, without which a page that only changes the one before cannot be told. */
  constructor(store: PageStore | undefined) {
    this.#store = store;
  }

  block(item: RamBlockItem): void {
    const { name, length } = item;
    this.#store?.add(item);
    const address = item.address === undefined ? null : hex64(item.address);
    if (!this.#blocks.has(name)) this.#blocks.set(name, { length, address, hashes: new PageHashes(), pageSize: undefined });
  }

  page(record: PageRecord, bytes: Uint8Array, problem: (problem: Problem) => void): void {
    const block = this.#blocks.get(record.block);
    if (block === undefined || (record.kind === "mapped" && record.mark === 0)) return;
    const { pageSize, offset } = record;
    if (pageSize !== this.#hasher.pageSize) {
      this.#hasher = new PageHasher(pageSize);
      this.#page = new Uint8Array(pageSize);
    }
    block.pageSize = pageSize;
    if (offset + pageSize > block.length) return;
    const page = this.#store === undefined ? this.#decode(record, bytes, problem) : this.#store.take(record, bytes);
    if (page === undefined) return;
    this.#hasher.hash(page);
    block.hashes.set(offset / pageSize, this.#hasher.low, this.#hasher.high);
  }

  /** What differs between the two, block by block. */
  diff(other: RamContents, differs: Differs): void {
    for (const name of new Set([...this.#blocks.keys(), ...other.#blocks.keys()])) {
      const [a, b] = [this.#blocks.get(name), other.#blocks.get(name)];
      if (a === undefined || b === undefined) {
        differs({ difference: "block", block: name, what: "only", a: a?.length ?? null, b: b?.length ?? null });
        continue;
      }
      for (const what of ["length", "address"] as const)
        if (a[what] !== b[what]) differs({ difference: "block", block: name, what, a: a[what], b: b[what] });
      const pageSize = a.pageSize ?? b.pageSize ?? 4096;
      if ((b.pageSize ?? pageSize) !== pageSize) {
        differs({ difference: "block", block: name, what: "page size", a: pageSize, b: b.pageSize ?? null });
        continue;
      }
      a.hashes.differing(b.hashes, Math.min(a.length, b.length) / pageSize, (first, pages) =>
        differs({ difference: "pages", block: name, offset: first * pageSize, pages, pageSize }),
      );
    }
  }

  #decode(record: PageRecord, bytes: Uint8Array, problem: (problem: Problem) => void): Uint8Array | undefined {
    if (record.kind === "xbzrle") {
      this.needsStore = true;
      return undefined;
    }
    if (record.kind === "page" || record.kind === "mapped") return bytes.subarray(record.from, record.to);
    try {
      decodePage(record, bytes, this.#page, () => {});
    } catch (error) {
      const { at, block, kind } = record;
      problem({
        code: "bad-value",
        at,
        path: `ram/${block}`,
        message: `What this ${kind} record holds makes no page: ${(error as Error).message}`,
      });
      return undefined;
    }
    return this.#page;
  }
}
