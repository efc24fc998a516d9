import { isZero } from "../../ram/zero-page.ts";
import type { MappedHeader } from "../item.ts";
import { type Context, type MappedRest, report } from "./context.ts";

/** A gap is looked at in pieces of that many bytes. */
const PIECE = 1 << 16;

/** Reads the header of a block whose pages lie at offsets of the file. FORMAT.md, mapped RAM. */
export function startMapped({ window }: Context, length: number): MappedHeader {
  const at = window.offset;
  const header = { version: window.be32(), pageSize: window.size64(), bitmapOffset: window.size64(), pagesOffset: window.size64() };
  const { pageSize, bitmapOffset, pagesOffset } = header;
  if (header.version > 1) window.fail("bad-value", at, `A mapped block has the version ${header.version}; 1 is the newest.`);
  if (pageSize < 1 || length % pageSize !== 0)
    window.fail("bad-value", at + 4, `A mapped block of ${length} bytes has pages of ${pageSize}, which do not fill it.`);
  if (bitmapOffset !== window.offset)
    window.fail("bad-value", at + 12, `A mapped block has its bitmap at offset ${bitmapOffset}; it lies at ${window.offset}.`);
  if (pagesOffset < bitmapOffset + bitmapBytes(length, pageSize))
    window.fail("bad-value", at + 20, `A mapped block has its pages at offset ${pagesOffset}, within its own bitmap.`);
  return header;
}

/** Reads a piece of what a mapped block has between its header and the next block: the bitmap, a gap, its pages. */
export function readMapped(c: Context, rest: MappedRest): void {
  if (rest.bitmap === undefined) readBitmap(c, rest);
  else if (rest.gap > 0) readGap(c, rest);
  else if (!c.payloads && c.window.size !== undefined) passPages(c, rest);
  else readMappedPage(c, rest);
}

function bitmapBytes(length: number, pageSize: number): number {
  return 8 * Math.ceil(length / pageSize / 64);
}

function readBitmap({ window, sink }: Context, rest: MappedRest): void {
  const at = window.offset;
  const { length, mapped } = rest.block;
  const bytes = bitmapBytes(length, (mapped as MappedHeader).pageSize);
  const bitmap = new Uint8Array(window.take(bytes));
  rest.bitmap = bitmap;
  rest.gap -= bytes;
  if (bytes > 0) sink.item({ item: "mapped-bitmap", at, bytes, bitmap });
}

/** Nothing is written there, so it is a hole of the file, or zeros. */
function readGap(c: Context, rest: MappedRest): void {
  const { window, sink } = c;
  const at = window.offset;
  const bytes = Math.min(rest.gap, PIECE);
  const data = window.take(bytes);
  if (!isZero(data)) {
    report(
      c,
      "bad-value",
      at,
      `ram/${rest.block.name}`,
      "Between a mapped block's bitmap and its pages there is something else than zeros.",
    );
    sink.item({ item: "opaque", at, bytes, data });
  } else sink.item({ item: "gap", at, bytes });
  rest.gap -= bytes;
}

/** All of them at once, as their bitmap says what there is; what lies where there is none is not looked at. */
function passPages(c: Context, rest: MappedRest): void {
  const { window, ram, sink } = c;
  const { length, mapped } = rest.block;
  const { pageSize } = mapped as MappedHeader;
  const at = window.offset;
  window.skip(length);
  for (let offset = 0; offset < length; offset += pageSize)
    if (isPresent(rest, offset / pageSize)) emit(c, rest, at + offset, offset, pageSize, true);
    else sink.item({ item: "gap", at: at + offset, bytes: pageSize });
  ram.mapped = undefined;
}

function readMappedPage(c: Context, rest: MappedRest): void {
  const { window } = c;
  const { length, mapped } = rest.block;
  const { pageSize } = mapped as MappedHeader;
  const offset = rest.nextPage * pageSize;
  if (offset >= length) {
    c.ram.mapped = undefined;
    return;
  }
  const at = window.offset;
  const bytes = window.take(pageSize);
  const present = isPresent(rest, rest.nextPage);
  // A page that became zero keeps its old bytes in the file; those too are the file's.
  if (present || !isZero(bytes)) emit(c, rest, at, offset, pageSize, present);
  else c.sink.item({ item: "gap", at, bytes: pageSize });
  rest.nextPage++;
}

function isPresent({ bitmap }: MappedRest, page: number): boolean {
  return (((bitmap?.[page >> 3] ?? 0) >> (page & 7)) & 1) === 1;
}

function emit({ ram, sink, window }: Context, { block }: MappedRest, at: number, offset: number, bytes: number, present: boolean): void {
  const { record } = ram;
  record.kind = "mapped";
  record.at = at;
  record.bytes = bytes;
  record.block = block.name;
  record.named = false;
  record.offset = offset;
  record.pageSize = bytes;
  record.to = window.at;
  record.from = window.at - bytes;
  record.mark = present ? 1 : 0;
  sink.page(record, window.bytes);
}
