import type { PageRecord, PageSeries } from "../item.ts";
import { decodePage } from "./decode-page.ts";
import type { PageHasher } from "./page-hasher.ts";
import { PageHashes } from "./page-hashes.ts";
import { SeriesHasher, type SharedHashing } from "./series-hasher.ts";

const PAGE = 4096;

/** What each block of RAM holds after all that a stream sent, as one digest. */
export class RamDigests {
  readonly #series: SeriesHasher;
  readonly #hasher: PageHasher;
  readonly #page = new Uint8Array(PAGE);
  readonly #blocks = new Map<string, PageHashes>();
  #last: PageHashes | undefined;
  #lastName: string | undefined;
  /** Blocks of which some page is not known: xbzrle needs what was there before, and nothing here keeps it. */
  readonly #unknown = new Set<string>();

  /** `beside` may start a thread that hashes beside this one; it is called at once. */
  constructor(beside?: (shared: SharedHashing) => void) {
    this.#series = new SeriesHasher(beside);
    this.#hasher = this.#series.hasher;
  }

  /** Where the stream is to be read: what lies there is hashed later, before this gives the same again. */
  memory = (): Uint8Array<ArrayBuffer> => this.#series.nextWindow();

  add(record: PageRecord, bytes: Uint8Array): void {
    const { kind, block, offset, pageSize } = record;
    if (kind === "mapped" && record.mark === 0) return;
    if (pageSize !== PAGE || !this.#hash(record, bytes)) {
      this.#unknown.add(block);
      return;
    }
    const hashes = this.#hashesOf(block);
    const page = offset / PAGE;
    const { low, high } = this.#hasher;
    this.#series.settle(hashes, page);
    hashes.set(page, low, high);
  }

  addSeries({ block, offset, pageSize, pages, from, stride }: PageSeries, bytes: Uint8Array): void {
    if (pageSize !== PAGE) {
      this.#unknown.add(block);
      return;
    }
    this.#series.add(bytes, from, stride, pages, this.#hashesOf(block), offset / PAGE);
  }

  /** Behind the last page. */
  end(): void {
    this.#series.end();
  }

  /** Undefined where it cannot be told; once the end has come. */
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
