import { crc32 } from "node:zlib";
import type { RamBlock } from "../../guest/guest.ts";
import { MAGIC, MAX_PAGE_SIZE, MOST_BLOCKS, MOST_PAGES, RECORD, VERSION } from "./format.ts";
import { GrowingBytes } from "./growing-bytes.ts";
import { RunFinder, writeRuns } from "./runs.ts";

type Block = Pick<RamBlock, "id" | "size" | "pageSize">;

/** Makes the bytes of a dirty log, a record at a time; each is good until the next is made. */
export class DirtyLogWriter {
  readonly #blocks: readonly Block[];
  readonly #pageSize: number;
  readonly #body = new GrowingBytes();
  readonly #out = new GrowingBytes();
  readonly #finder = new RunFinder();

  /** Throws RangeError for what no log can hold. */
  constructor(blocks: readonly Block[]) {
    const [first] = blocks;
    if (first === undefined || blocks.length > MOST_BLOCKS) throw new RangeError(`A log of ${blocks.length} blocks.`);
    const { pageSize } = first;
    for (const { id, size, pageSize: own } of blocks) {
      if (own !== pageSize) throw new RangeError(`Pages of ${pageSize} and of ${own} bytes in one log.`);
      if (Buffer.byteLength(id) > 255) throw new RangeError(`The block's name '${id}' has more than 255 bytes.`);
      if (size % pageSize !== 0) throw new RangeError(`The block '${id}' ends within a page.`);
    }
    const pages = blocks.reduce((sum, { size }) => sum + size / pageSize, 0);
    if (pages > MOST_PAGES || pageSize > MAX_PAGE_SIZE) throw new RangeError(`A log of ${pages} pages of ${pageSize} bytes.`);
    this.#blocks = blocks;
    this.#pageSize = pageSize;
  }

  header(): Uint8Array {
    const out = this.#out;
    out.clear();
    out.put(MAGIC);
    out.be32(VERSION);
    out.be32(this.#pageSize);
    out.be32(this.#blocks.length);
    for (const { id, size } of this.#blocks) {
      const name = Buffer.from(id);
      out.byte(name.length);
      out.put(name);
      out.be64(size);
    }
    out.be32(crc32(out.written));
    return out.written;
  }

  /** Pages that hold zeros only; a bitmap a block. */
  zero(bitmaps: readonly Uint32Array[]): Uint8Array {
    this.#body.clear();
    this.#runs(bitmaps);
    return this.#record(RECORD.zero);
  }

  /** Pages that were written to in the last `milliseconds` before `at`, in ms since the log began; both are kept in µs. */
  epoch(at: number, milliseconds: number, bitmaps: readonly Uint32Array[]): Uint8Array {
    this.#body.clear();
    this.#body.varint(Math.round(at * 1000));
    this.#body.varint(Math.round(milliseconds * 1000));
    this.#runs(bitmaps);
    return this.#record(RECORD.epoch);
  }

  end(): Uint8Array {
    this.#body.clear();
    return this.#record(RECORD.end);
  }

  #runs(bitmaps: readonly Uint32Array[]): void {
    for (const [index, { size }] of this.#blocks.entries())
      writeRuns(this.#finder, bitmaps[index] as Uint32Array, size / this.#pageSize, this.#body);
  }

  #record(kind: number): Uint8Array {
    const [out, body] = [this.#out, this.#body.written];
    out.clear();
    out.byte(kind);
    out.be32(body.length);
    out.put(body);
    out.be32(crc32(out.written));
    return out.written;
  }
}
