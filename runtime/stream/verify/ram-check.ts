import { inflateSync } from "node:zlib";
import { decodeXbzrle } from "../../ram/xbzrle.ts";
import { XbzrleError } from "../../ram/xbzrle-error.ts";
import type { Item, PageRecord, RamBlockItem, SectionItem } from "../item.ts";
import { SeenPages } from "../seen-pages.ts";
import type { Findings } from "./findings.ts";

/** Holds the pages of RAM against each other and the list of blocks. */
export class RamCheck {
  readonly #findings: Findings;
  readonly #blocks = new Map<string, RamBlockItem>();
  readonly #seen = new SeenPages();
  #pageSize: number | undefined;
  #scratch = new Uint8Array(0);
  /** False once pages may have come by another way, or on purpose not at all. */
  #isWhole = true;
  #hasContent = false;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  item(item: Exclude<Item, SectionItem>): void {
    switch (item.item) {
      case "configuration":
        for (const each of item.subsections) if ("capabilities" in each && each.capabilities.length > 0) this.#isWhole = false;
        return;
      case "ram-block":
        this.#blocks.set(item.name, item);
        return;
      // Of post-copy, of RDMA and of several channels this is but one part.
      case "command":
        this.#isWhole = this.#isWhole && item.command < POSTCOPY_ADVISE;
        return;
      case "ram-hook":
      case "multifd-flush":
        this.#isWhole = false;
    }
    if (!("high" in item) || item.high === 0) return;
    const message = `A mark of the ram section holds 0x${item.high.toString(16)} where every sender puts 0.`;
    this.#findings.note("bad-value", item.at, "ram", message);
  }

  page(record: PageRecord, bytes: Uint8Array): void {
    const { kind, at, block, offset, pageSize, from, to } = record;
    this.#pageSize = pageSize;
    this.#hasContent ||= kind !== "zero";
    if (offset < (this.#blocks.get(block)?.length ?? 0) && this.#seen.add(block, offset / pageSize) === undefined) this.#isWhole = false;
    if (kind === "xbzrle") this.#checkRuns(record, bytes);
    if (kind !== "compressed" || inflatesTo(bytes.subarray(from, to), pageSize)) return;
    const message = `The compressed page at 0x${offset.toString(16)} of the block '${block}' does not inflate to ${pageSize} bytes.`;
    this.#findings.error("bad-compressed", at, `ram/${block}`, message);
  }

  /** The runs of an xbzrle page; whatever was on the page before, they must fit it. */
  #checkRuns({ at, bytes: size, block, offset, pageSize, from, to }: PageRecord, bytes: Uint8Array): void {
    if (this.#scratch.length !== pageSize) this.#scratch = new Uint8Array(pageSize);
    try {
      decodeXbzrle(bytes.subarray(from, to), this.#scratch);
    } catch (error) {
      if (!(error instanceof XbzrleError)) throw error;
      const place = at + size - (to - from) + error.offset;
      const message = `The xbzrle page at 0x${offset.toString(16)} of the block '${block}' is none: ${error.message}`;
      this.#findings.error("bad-xbzrle", place, `ram/${block}`, message);
    }
  }

  /** What can be told behind the last page. */
  end(): void {
    const pageSize = this.#pageSize;
    if (pageSize === undefined) return;
    for (const { name, at, length } of this.#blocks.values()) {
      const path = `ram/${name}`;
      if (length % pageSize !== 0) {
        const message = `The block '${name}' has ${length} bytes, which are no whole pages of ${pageSize}.`;
        this.#findings.error("not-aligned", at + 1 + name.length, path, message);
      }
      // Several channels of QEMU up to 8.0 do not show on the first, but for zero pages alone.
      const missing = Math.ceil(length / pageSize) - this.#seen.count(name);
      if (missing === 0 || !this.#isWhole || !this.#hasContent) continue;
      const first = (this.#seen.firstMissing(name) * pageSize).toString(16);
      const message = `Of the block '${name}' ${missing} of ${Math.ceil(length / pageSize)} pages were never sent, the first at 0x${first}.`;
      // A guest's balloon may have given them up.
      this.#findings.note("page-not-sent", at, path, message);
    }
  }
}

const POSTCOPY_ADVISE = 3;

function inflatesTo(bytes: Uint8Array, size: number): boolean {
  try {
    return inflateSync(bytes, { maxOutputLength: size }).length === size;
  } catch {
    return false;
  }
}
