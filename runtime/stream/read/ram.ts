import { RAM, XBZRLE_ENCODING } from "../format.ts";
import type { PageKind, RamBlockItem } from "../item.ts";
import { type Context, report } from "./context.ts";
import { readMapped, startMapped } from "./mapped-ram.ts";
import { readSeries } from "./page-series.ts";

/** Reads the records of a part of the ram section; true at its end. FORMAT.md, RAM. */
export function readRam(c: Context): boolean {
  while (!readRamPiece(c));
  return true;
}

/** Reads one of them; true when it is the last of its part. */
export function readRamPiece(c: Context): boolean {
  const { ram, window } = c;
  let isEnd = false;
  if (ram.mapped !== undefined) readMapped(c, ram.mapped);
  else if (ram.unlisted > 0) readBlock(c);
  else isEnd = readRecord(c);
  window.commit();
  return isEnd;
}

/** Times 2^32: a number holds no more bits exactly. */
const FARTHEST = 2 ** 21;
const MODIFIERS = RAM.sameBlock;
/** A block costs memory here and a few bytes in the stream. */
const MOST_BLOCKS = 1 << 16;

function readRecord(c: Context): boolean {
  const { window, pageSize } = c;
  const at = window.offset;
  const upper = window.be32();
  const lower = window.be32();
  if (upper >= FARTHEST)
    window.fail("limit", at, `The ram section has a record for 0x${upper.toString(16)}00000000, beyond anything real.`);
  const flags = lower & (pageSize - 1);
  const offset = upper * 2 ** 32 + (lower - flags);
  const named = (flags & RAM.sameBlock) === 0;
  // What is no page has no use for either.
  const high = offset + (flags & RAM.sameBlock);
  switch (flags & ~MODIFIERS) {
    case RAM.page:
      readPage(c, "page", at, offset, named, pageSize);
      readSeries(c);
      return false;
    case RAM.zero:
      readPage(c, "zero", at, offset, named, 1);
      return false;
    case RAM.xbzrle:
    case RAM.compressed:
      readPage(c, flags & RAM.xbzrle ? "xbzrle" : "compressed", at, offset, named, 0);
      return false;
    case RAM.eos:
      c.sink.item({ item: "ram-eos", at, bytes: 8, high });
      return true;
    case RAM.multifdFlush:
      c.sink.item({ item: "multifd-flush", at, bytes: 8, high });
      return false;
    case RAM.hook:
      c.sink.item({ item: "ram-hook", at, bytes: 8, high });
      return false;
    case RAM.size:
      if (!named) window.fail("unknown-record", at, "The list of blocks says that it is of the same block as the record before.");
      c.sink.item({ item: "ram-size", at, bytes: 8, total: offset });
      c.ram.unlisted = offset;
      return false;
    default:
      return window.fail("unknown-record", at, `The ram section has a record with the flags 0x${flags.toString(16)}, which do not exist.`);
  }
}

function readPage(c: Context, kind: PageKind, at: number, offset: number, named: boolean, fixed: number): void {
  const { window, ram, payloads } = c;
  const block = named
    ? namedBlock(c, at)
    : (ram.current ?? window.fail("no-block", at, "A page names no block, and none was named before."));
  const { record } = ram;
  let length = fixed;
  record.mark = 0;
  if (kind === "xbzrle") {
    record.mark = window.u8();
    length = window.be16();
    if (length > c.pageSize) window.fail("bad-length", window.offset - 2, `An xbzrle page has ${length} bytes, more than a page.`);
  } else if (kind === "compressed") {
    length = window.be32();
    // Deflate never adds as much as a tenth and a few bytes.
    if (length > c.pageSize + (c.pageSize >> 3) + 64)
      window.fail("bad-length", window.offset - 4, `A compressed page has ${length} bytes, more than compression can make of it.`);
  } else if (kind === "zero") record.mark = window.u8();
  const from = window.at;
  if (kind !== "zero") {
    if (payloads) window.need(length);
    window.skip(length);
  }
  if (offset >= block.length) {
    const size = `which has ${block.length} bytes`;
    report(
      c,
      "outside-block",
      at,
      `ram/${block.name}`,
      `A page at 0x${offset.toString(16)} is outside the block '${block.name}', ${size}.`,
    );
  }
  if (kind === "zero" && record.mark !== 0)
    report(c, "bad-value", window.offset - 1, `ram/${block.name}`, `A zero page is to be filled with ${record.mark}, not with 0.`);
  if (kind === "xbzrle" && record.mark !== XBZRLE_ENCODING)
    report(c, "bad-xbzrle", at, `ram/${block.name}`, `An xbzrle page names the encoding ${record.mark}, which does not exist.`);
  ram.current = block;
  record.kind = kind;
  record.at = at;
  record.bytes = window.offset - at;
  record.block = block.name;
  record.named = named;
  record.offset = offset;
  record.pageSize = c.pageSize;
  record.from = from;
  record.to = kind === "zero" ? from : from + length;
  c.sink.page(record, window.bytes);
}

function namedBlock(c: Context, at: number): RamBlockItem {
  const name = c.window.name();
  const block = c.ram.blocks.get(name);
  if (block !== undefined) return block;
  if (c.isContinued) return blockFromElsewhere(c, name, at);
  return c.window.fail("unknown-block", at + 8, `A page belongs to the block ${JSON.stringify(name)}, which the stream has not listed.`);
}

/** A block that another connection has listed: how long it is only that one says. */
export function blockFromElsewhere({ window, ram }: Context, name: string, at: number): RamBlockItem {
  const known = ram.blocks.get(name);
  if (known !== undefined) return known;
  if (ram.blocks.size >= MOST_BLOCKS) window.fail("limit", at, `The stream names more than ${MOST_BLOCKS} blocks of RAM.`);
  const block: RamBlockItem = { item: "ram-block", at, bytes: 0, name, length: Number.POSITIVE_INFINITY };
  ram.blocks.set(name, block);
  return block;
}

function readBlock(c: Context): void {
  const { window, ram } = c;
  const at = window.offset;
  const name = window.name();
  const length = window.size64();
  if (length > ram.unlisted) {
    const left = `but the blocks' sum leaves ${ram.unlisted}`;
    window.fail("bad-length", window.offset - 8, `The block ${JSON.stringify(name)} has ${length} bytes, ${left}.`);
  }
  const pageSize = hugePageSize(c);
  const address = c.capabilities.has("x-ignore-shared") ? window.be64() : undefined;
  const mapped = c.capabilities.has("mapped-ram") ? startMapped(c, length) : undefined;
  const block: RamBlockItem = {
    item: "ram-block",
    at,
    bytes: window.offset - at,
    name,
    length,
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(address === undefined ? {} : { address }),
    ...(mapped === undefined ? {} : { mapped }),
  };
  if (ram.blocks.size >= MOST_BLOCKS) window.fail("limit", at, `The stream lists more than ${MOST_BLOCKS} blocks of RAM.`);
  if (ram.blocks.has(name)) report(c, "duplicate-block", at, `ram/${name}`, `The block '${name}' is listed twice.`);
  ram.blocks.set(name, block);
  ram.unlisted -= length;
  if (mapped !== undefined) ram.mapped = { block, bitmap: undefined, gap: mapped.pagesOffset - mapped.bitmapOffset, nextPage: 0 };
  c.sink.item(block);
}

/** Before post-copy a block of huge pages tells their size; whether it does only the advice lets guess: it holds the sizes of all blocks. */
function hugePageSize(c: Context): number | undefined {
  const sizes = c.hugePages;
  if (sizes === undefined || (sizes & ~BigInt(c.pageSize)) === 0n) return undefined;
  const value = c.window.be64();
  if (value > BigInt(c.pageSize) && (value & (value - 1n)) === 0n && (value & sizes) === value) return Number(value);
  c.window.at -= 8;
  return undefined;
}
