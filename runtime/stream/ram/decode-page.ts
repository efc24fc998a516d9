import { inflateSync } from "node:zlib";
import { decodeXbzrle } from "../../ram/xbzrle.ts";
import type { PageRecord } from "../item.ts";

/** Fills a page with what it held before. */
export type Before = (into: Uint8Array) => void;

/**
 * Puts the page that a record makes into `page`, which has its size; an xbzrle record changes what was there before. Throws for a payload
 * that makes no page.
 */
export function decodePage({ kind, from, to, mark }: PageRecord, bytes: Uint8Array, page: Uint8Array, before: Before): void {
  const payload = bytes.subarray(from, to);
  switch (kind) {
    case "zero":
      page.fill(mark);
      return;
    case "page":
    case "mapped":
      page.set(payload);
      return;
    case "compressed": {
      const inflated = inflateSync(payload, { maxOutputLength: page.length });
      if (inflated.length !== page.length) throw new RangeError(`it inflates to ${inflated.length} bytes`);
      page.set(inflated);
      return;
    }
    case "xbzrle":
      before(page);
      decodeXbzrle(payload, page);
      return;
  }
}
