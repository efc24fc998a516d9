import type { PageRecord, PageSeries } from "../item.ts";
import { decodePage } from "./decode-page.ts";
import { PageHasher } from "./page-hasher.ts";
import { PageHashes } from "./page-hashes.ts";

/** Bytes in which a stream is read, so that its pages are hashed where they lie; smaller pieces cost more calls than they save in caches. */
const WINDOW = 1 << 20;
const PAGE = 4096;

/** What each block of RAM holds after all that a stream sent, as one digest. */
export class RamDigests {
  readonly #hasher = new PageHasher(PAGE, WINDOW);
  readonly #page = new Uint8Array(PAGE);
  readonly #blocks = new Map<string, PageHashes>();
  #last: PageHashes | undefined;
  #lastName: string | undefined;
  /** Blocks of which some page is not known: xbzrle needs what was there before, and nothing here keeps it. */
  readonly #unknown = new Set<string>();

  /** Where the stream is to be read. */
  get memory(): Uint8Array<ArrayBuffer> {
    return this.#hasher.memory;
  }

  add(record: PageRecord, bytes: Uint8Array): void {
    const { kind, block, offset, pageSize } = record;
    if (kind === "mapped" && record.mark === 0) return;
    if (pageSize !== PAGE || !this.#hash(record, bytes)) this.#unknown.add(block);
    else this.#hashesOf(block).set(offset / PAGE, this.#hasher.low, this.#hasher.high);
  }

  addSeries({ block, offset, pageSize, pages, from, stride }: PageSeries, bytes: Uint8Array): void {
    if (pageSize !== PAGE) {
      this.#unknown.add(block);
      return;
    }
    const hashes = this.#hashesOf(block);
    const first = offset / PAGE;
    this.#hasher.hashSeries(bytes, from, stride, pages, (page, low, high) => hashes.set(first + page, low, high));
  }

  /** Undefined where it cannot be told. */
  digestOf(block: string): string | undefined {
    return this.#unknown.has(block) ? undefined : this.#hashesOf(block).digest();
  }

  /** False for a page that cannot be told. */
  #hash(record: PageRecord, bytes: Uint8Array): boolean {
    const { kind, from, mark } = record;
    if (kind === "page" || kind === "mapped") {
      this.#hasher.hash(bytes, from);
      return true;
    }
    if (kind === "xbzrle" || kind === "multifd") return false;
    if (kind === "zero" && mark === 0) {
      this.#hasher.low = 0;
      this.#hasher.high = 0;
      return true;
    }
    try {
      decodePage(record, bytes, this.#page, () => {});
      this.#hasher.hash(this.#page);
      return true;
    } catch {
      return false;
    }
  }

  #hashesOf(block: string): PageHashes {
    if (this.#lastName === block && this.#last !== undefined) return this.#last;
    const known = this.#blocks.get(block) ?? new PageHashes();
    this.#blocks.set(block, known);
    this.#lastName = block;
    this.#last = known;
    return known;
  }
}
