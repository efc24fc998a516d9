import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { PageKernel } from "../../ram/page-kernel.ts";
import type { PageRecord } from "../item.ts";

/** Bytes in which a stream is read, so that its pages are hashed where they lie. */
const WINDOW = 1 << 20;
/** Pages of a piece, 8 bytes each. */
const PIECE = 512;
/** Pieces that are kept: for guests of 256 GiB, and no more for a stream that names pages at will. */
const MOST = 1 << 17;

/** The content of each page after all that a stream sent, as its hash. FORMAT.md, Page hash. */
export class PageHashes {
  /** Where the stream is to be read. */
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly #kernel: PageKernel;
  readonly #page: number;
  readonly #hash: number;
  readonly #blocks = new Map<string, Map<number, Uint32Array>>();
  #pieces = 0;
  /** Blocks of which some page is not known: xbzrle needs what was there before, or there are too many to keep. */
  readonly unknown = new Set<string>();

  constructor() {
    this.#kernel = new PageKernel({ bytes: 2 * WINDOW });
    this.memory = this.#kernel.bytes.subarray(this.#kernel.take(WINDOW), WINDOW) as Uint8Array<ArrayBuffer>;
    this.#page = this.#kernel.take(this.#kernel.pageSize);
    this.#hash = this.#kernel.take(8);
  }

  add(record: PageRecord, bytes: Uint8Array): void {
    const { kind, block, offset, pageSize, from, to } = record;
    if (kind === "mapped" && record.mark === 0) return;
    if (kind === "xbzrle" || pageSize !== this.#kernel.pageSize) {
      this.unknown.add(block);
      return;
    }
    if (kind === "zero") this.#hashOf(ZERO);
    else if (kind === "compressed") this.#hashOf(inflated(bytes.subarray(from, to), pageSize));
    else if (bytes.buffer === this.memory.buffer) this.#kernel.hashes(bytes.byteOffset + from, 1, this.#hash);
    else this.#hashOf(bytes.subarray(from, to));
    this.#keep(block, offset / pageSize);
  }

  /** A digest of each block's whole content, pages that never came standing for themselves; undefined where it cannot be told. */
  digests(): Map<string, string | undefined> {
    const names = new Set([...this.#blocks.keys(), ...this.unknown]);
    return new Map([...names].map((name) => [name, this.unknown.has(name) ? undefined : this.#digestOf(name)]));
  }

  #hashOf(page: Uint8Array): void {
    this.#kernel.bytes.set(page, this.#page);
    this.#kernel.hashes(this.#page, 1, this.#hash);
  }

  #keep(block: string, page: number): void {
    const pieces = this.#blocks.get(block) ?? new Map<number, Uint32Array>();
    const number = Math.floor(page / PIECE);
    let piece = pieces.get(number);
    if (piece === undefined) {
      if (this.#pieces === MOST) {
        this.unknown.add(block);
        return;
      }
      this.#pieces++;
      piece = new Uint32Array(2 * PIECE);
      this.#blocks.set(block, pieces.set(number, piece));
    }
    const at = 2 * (page % PIECE);
    const from = this.#hash / 4;
    piece[at] = this.#kernel.words[from] as number;
    piece[at + 1] = this.#kernel.words[from + 1] as number;
  }

  #digestOf(name: string): string {
    const digest = createHash("sha256");
    for (const [number, piece] of [...(this.#blocks.get(name) ?? [])].sort(([a], [b]) => a - b)) digest.update(`${number}:`).update(piece);
    return digest.digest("hex").slice(0, 32);
  }
}

const ZERO = new Uint8Array(4096);

/** What does not inflate to a page is a problem elsewhere, and here like no other page. */
function inflated(bytes: Uint8Array, pageSize: number): Uint8Array {
  try {
    const page = inflateSync(bytes, { maxOutputLength: pageSize });
    return page.length === pageSize ? page : ZERO;
  } catch {
    return ZERO;
  }
}
