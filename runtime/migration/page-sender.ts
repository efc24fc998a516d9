import type { RamBlock } from "../guest/guest.ts";
import { isZero } from "../ram/zero-page.ts";
import { RAM, XBZRLE_ENCODING } from "../stream/format.ts";
import type { Out } from "../stream/out.ts";
import type { RamStatistics } from "./statistics.ts";
import type { Delta } from "./xbzrle-cache.ts";

/** Writes pages as records of the ram section. The guest may write to a page meanwhile: then it is dirty again, and sent once more. */
export class PageSender {
  readonly #blocks: readonly RamBlock[];
  readonly #statistics: RamStatistics;
  /** Takes part from the second pass on. */
  delta: Delta | undefined;
  /** Where pages go that have content, instead of the stream. */
  channels: { readonly add: (block: string, offset: number, content: Uint8Array) => void } | undefined;
  /** The block of the record before, which the next need not name. */
  #last = -1;

  constructor(blocks: readonly RamBlock[], statistics: RamStatistics) {
    this.#blocks = blocks;
    this.#statistics = statistics;
  }

  /** On a new connection nothing was named yet. */
  begin(): void {
    this.#last = -1;
  }

  send(out: Out, block: number, page: number): void {
    const { bytes, kernel, pageSize, id } = this.#blocks[block] as RamBlock;
    const at = page * pageSize;
    if (kernel === undefined ? isZero(bytes, at, at + pageSize) : kernel.zero(at)) {
      this.#head(out, block, id, at, RAM.zero);
      out.u8(0);
      this.#statistics.duplicate++;
      this.delta?.zero(block, page);
      return;
    }
    const content = bytes.subarray(at, at + pageSize);
    if (this.delta !== undefined) {
      const { encoded, held } = this.delta.encode(block, page, content);
      if (encoded === undefined) this.#page(out, block, id, at, held);
      else if (encoded.length > 0) this.#xbzrle(out, block, id, at, encoded);
      return;
    }
    this.#page(out, block, id, at, content);
  }

  #page(out: Out, block: number, id: string, at: number, content: Uint8Array): void {
    this.#statistics.normal++;
    this.#statistics["normal-bytes"] += content.length;
    if (this.channels !== undefined) {
      this.channels.add(id, at, content);
      return;
    }
    this.#head(out, block, id, at, RAM.page);
    out.page(content);
  }

  #xbzrle(out: Out, block: number, id: string, at: number, encoded: Uint8Array): void {
    this.#head(out, block, id, at, RAM.xbzrle);
    out.u8(XBZRLE_ENCODING);
    out.be16(encoded.length);
    out.put(encoded);
  }

  #head(out: Out, block: number, id: string, at: number, flags: number): void {
    if (block === this.#last) {
      out.word(at, flags | RAM.sameBlock);
      return;
    }
    out.word(at, flags);
    out.name(id);
    this.#last = block;
  }
}
