import { compressionOf, LONG_NAME, longName, PACKET_MEMORY, UNUSED_BYTES, usedIn } from "../multifd.ts";
import type { MultifdPacketItem } from "../wire-item.ts";
import { type Context, report } from "./context.ts";

/**
 * Reads a packet's head behind its flags. One layout fits all builds: where 9.0 began to count zero pages, builds before it sent zeros.
 */
export function readPacketHead(c: Context, at: number, flags: number): MultifdPacketItem {
  const { window } = c;
  const slots = PACKET_MEMORY / c.pageSize;
  // What is wrong is said once, so nothing may be wanting behind it.
  window.need(24 + UNUSED_BYTES + LONG_NAME + 8 * slots);
  const counts = { pagesAlloc: window.be32(), normalPages: window.be32(), nextPacketSize: window.be32() };
  const packet = window.be64();
  const zeroPages = window.be32();
  checkCounts(c, at, slots, counts.pagesAlloc, counts.normalPages, zeroPages);
  if (compressionOf(flags) === undefined)
    window.fail("unknown-record", at + 8, `A packet has the flags 0x${flags.toString(16)}, which do not exist.`);
  if (compressionOf(flags) !== "none" && counts.normalPages > 0 && counts.nextPacketSize === 0)
    report(c, "bad-length", at + 20, "multifd", `A packet has ${counts.normalPages} pages packed into 0 bytes.`);
  const unused = usedIn(window.take(UNUSED_BYTES));
  const block = longName(window.text(LONG_NAME));
  const offsets = readOffsets(c, slots, counts.normalPages + zeroPages);
  checkOffsets(c, offsets.slice(0, counts.normalPages + zeroPages), block);
  const more = unused === undefined ? {} : { unused };
  return { item: "multifd-packet", at, bytes: window.offset - at, flags, ...counts, packet, zeroPages, ...more, block, offsets, slots };
}

/** Offsets up to the last that is used or, though stale, not zero. */
function readOffsets({ window }: Context, slots: number, used: number): bigint[] {
  const offsets = Array.from({ length: slots }, () => window.be64());
  const last = offsets.findLastIndex((offset) => offset !== 0n);
  offsets.length = Math.max(used, last + 1);
  return offsets;
}

function checkCounts(c: Context, at: number, slots: number, allocated: number, normal: number, zero: number): void {
  if (allocated > slots)
    report(c, "bad-length", at + 12, "multifd", `A packet says that it has room for ${allocated} pages; there is room for ${slots}.`);
  if (normal > slots) c.window.fail("bad-length", at + 16, `A packet has ${normal} pages; there is room for ${slots}.`);
  if (normal + zero > slots)
    c.window.fail("bad-length", at + 32, `A packet has ${normal} pages and ${zero} zero pages; there is room for ${slots}.`);
}

function checkOffsets(c: Context, used: readonly bigint[], block: string): void {
  const bad = used.findIndex((offset) => offset % BigInt(c.pageSize) !== 0n || offset > BigInt(Number.MAX_SAFE_INTEGER));
  if (bad < 0) return;
  const at = c.window.offset - 8 * (PACKET_MEMORY / c.pageSize - bad);
  report(c, "not-aligned", at, `ram/${block}`, `A packet has a page at 0x${(used[bad] as bigint).toString(16)}, where none can be.`);
}
