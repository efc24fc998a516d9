import type { PageRecord } from "../item.ts";
import { decodePage } from "./decode-page.ts";
import { PageHasher } from "./page-hasher.ts";
import { PageHashes } from "./page-hashes.ts";

/** Bytes in which a stream is read, so that its pages are hashed where they lie. */
const WINDOW = 1 << 20;
const PAGE = 4096;

/** What each block of RAM holds after all that a stream sent, as one digest. */
export class RamDigests {
  readonly #hasher = new PageHasher(PAGE, WINDOW);
  readonly #page = new Uint8Array(PAGE);
  readonly #blocks = new Map<string, PageHashes>();
  /** Blocks of which some page is not known: xbzrle needs what was there before, and nothing here keeps it. */
  readonly #unknown = new Set<string>();

  /** Where the stream is to be read. */
  get memory(): Uint8Array<ArrayBuffer> {
    return this.#hasher.memory;
  }

  add(record: PageRecord, bytes: Uint8Array): void {
    const { kind, block, offset, pageSize } = record;
    if (kind === "mapped" && record.mark === 0) return;
    const hash = pageSize === PAGE ? this.#hashOf(record, bytes) : undefined;
    if (hash === undefined) this.#unknown.add(block);
    else this.#hashesOf(block).set(offset / PAGE, hash);
  }

  /** Undefined where it cannot be told. */
  digestOf(block: string): string | undefined {
    return this.#unknown.has(block) ? undefined : this.#hashesOf(block).digest();
  }

  #hashOf(record: PageRecord, bytes: Uint8Array): bigint | undefined {
    const { kind, from, to, mark } = record;
    if (kind === "zero" && mark === 0) return 0n;
    if (kind === "page" || kind === "mapped") return this.#hasher.hash(bytes.subarray(from, to));
    if (kind === "xbzrle" || kind === "multifd") return undefined;
    try {
      decodePage(record, bytes, this.#page, () => {});
      return this.#hasher.hash(this.#page);
    } catch {
      return undefined;
    }
  }

  #hashesOf(block: string): PageHashes {
    const known = this.#blocks.get(block) ?? new PageHashes();
    this.#blocks.set(block, known);
    return known;
  }
}
