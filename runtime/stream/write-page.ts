import { RAM } from "./format.ts";
import type { PageKind } from "./item.ts";
import type { Out } from "./out.ts";

/** What stands of a page before its payload. */
export interface PageHead {
  readonly kind: PageKind;
  readonly offset: number;
  /** The byte of a zero page, or the encoding of an xbzrle one. */
  readonly mark: number;
  /** Left out when it is the block of the record before. */
  readonly block?: string;
}

const FLAGS: Readonly<Record<Exclude<PageKind, "mapped" | "multifd">, number>> = {
  zero: RAM.zero,
  page: RAM.page,
  xbzrle: RAM.xbzrle,
  compressed: RAM.compressed,
};

/** Writes a page's record; a mapped page and one on another channel have no head, only a payload. */
export function writePage(out: Out, { kind, offset, mark, block }: PageHead, payload: Uint8Array): void {
  if (kind !== "mapped" && kind !== "multifd") {
    out.word(offset, FLAGS[kind] | (block === undefined ? RAM.sameBlock : 0));
    if (block !== undefined) out.name(block);
  }
  if (kind === "zero") {
    out.u8(mark);
    return;
  }
  if (kind === "xbzrle") {
    out.u8(mark);
    out.be16(payload.length);
  } else if (kind === "compressed") out.be32(payload.length);
  out.put(payload);
}
