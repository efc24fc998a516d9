// FORMAT.md, Xbzrle. These work on any bytes; pages that lie in a kernel's memory are encoded and decoded faster there.
import { XbzrleError } from "./xbzrle-error.ts";

/** A count has 14 bits. That of a whole page of this size would not fit; but such a page is equal, or overflows. */
export const XBZRLE_MAX_PAGE = 0x4000;

/** What an encoder gives when the encoded bytes would be more than there is room for: the page is then sent as it is. */
export const XBZRLE_OVERFLOW = -1;

/**
 * Writes what turned `before` into `after` at the start of `into` and gives the number of bytes: 0 when the pages are equal,
 * XBZRLE_OVERFLOW when they need more than `into` has or than a page. `after` must hold still: encode a copy of what a guest writes to.
 */
export function encodeXbzrle(before: Uint8Array, after: Uint8Array, into: Uint8Array): number {
  const size = after.length;
  if (before.length !== size || size > XBZRLE_MAX_PAGE) {
    throw new RangeError(`Pages of ${before.length} and ${size} bytes: they must have one size, at most ${XBZRLE_MAX_PAGE}.`);
  }
  const limit = Math.min(into.length, size);
  let [at, length] = [0, 0];
  while (at < size) {
    // Asked even when only bytes that are equal follow, of which nothing is written: QEMU does, and sends such a page as it is.
    if (length + 2 > limit) return XBZRLE_OVERFLOW;
    const equal = at;
    while (at < size && before[at] === after[at]) at++;
    if (at === size) break;
    length = writeCount(into, length, at - equal);
    if (length + 2 > limit) return XBZRLE_OVERFLOW;
    const literal = at;
    while (at < size && before[at] !== after[at]) at++;
    length = writeCount(into, length, at - literal);
    if (length + (at - literal) > limit) return XBZRLE_OVERFLOW;
    for (let from = literal; from < at; from++) into[length++] = after[from] as number;
  }
  return length;
}

function writeCount(into: Uint8Array, at: number, count: number): number {
  if (count < 0x80) {
    into[at] = count;
    return at + 1;
  }
  into[at] = (count & 0x7f) | 0x80;
  into[at + 1] = count >>> 7;
  return at + 2;
}

/**
 * Applies encoded bytes to the page that they were made against, in place, and gives how many of its bytes they cover.
 * @throws XbzrleError
 */
export function decodeXbzrle(encoded: Uint8Array, page: Uint8Array): number {
  const { length } = encoded;
  if (length > page.length) throw new XbzrleError("too-long", page.length);
  let [at, covered, literal] = [0, 0, false];
  while (literal || at < length) {
    const header = at;
    if (length - at < 2) throw new XbzrleError("truncated", header);
    let count = encoded[at++] as number;
    if (count >= 0x80) count = (count & 0x7f) | ((encoded[at++] as number) << 7);
    if (count > 0x3fff) throw new XbzrleError("long-count", header);
    if (count === 0 && (literal || header > 0)) throw new XbzrleError("empty-run", header);
    if (count > page.length - covered) throw new XbzrleError("page-overrun", header);
    if (literal) {
      if (count > length - at) throw new XbzrleError("input-overrun", header);
      for (let end = at + count; at < end; ) page[covered++] = encoded[at++] as number;
    } else covered += count;
    literal = !literal;
  }
  return covered;
}
