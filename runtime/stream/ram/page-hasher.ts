import { createHash } from "node:crypto";
import { PageKernel } from "../../ram/page-kernel.ts";

/** Hashes pages of one size; 0 is kept for pages that are all zero. FORMAT.md, Page hash. */
export class PageHasher {
  readonly pageSize: number;
  /** Memory of that many bytes, in which pages are hashed where they lie. */
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly #kernel: PageKernel | undefined;
  readonly #at: number;

  constructor(pageSize: number, memory = 0) {
    this.pageSize = pageSize;
    const isUsual = Number.isInteger(Math.log2(pageSize)) && pageSize >= 0x400 && pageSize <= 0x10000;
    this.#kernel = isUsual ? new PageKernel({ bytes: pageSize + memory, pageSize }) : undefined;
    this.#at = this.#kernel?.take(pageSize) ?? 0;
    const from = this.#kernel?.take(memory) ?? 0;
    this.memory = (this.#kernel?.bytes ?? new Uint8Array(memory)).subarray(from, from + memory) as Uint8Array<ArrayBuffer>;
  }

  hash(page: Uint8Array): bigint {
    const kernel = this.#kernel;
    if (kernel === undefined) return page.every((byte) => byte === 0) ? 0n : first64(createHash("sha256").update(page).digest());
    const isThere = page.buffer === kernel.bytes.buffer;
    if (!isThere) kernel.bytes.set(page, this.#at);
    const at = isThere ? page.byteOffset : this.#at;
    return kernel.zero(at) ? 0n : kernel.hash(at) || 1n;
  }
}

function first64(digest: Buffer): bigint {
  return digest.readBigUInt64LE(0) || 1n;
}
