import type { DiskItem } from "../item.ts";
import type { Context } from "./context.ts";

const FLAG = { device: 0x01, eos: 0x02, progress: 0x04, zero: 0x08 } as const;
const MASK = 0x1ff;
const CHUNK = 1 << 20;
/** A number holds no more bits exactly. */
const FARTHEST = 1n << 62n;

/** Reads a record of block migration; true when it was the last of its part. FORMAT.md, block migration. */
export function readDisk({ window, sink }: Context): boolean {
  const at = window.offset;
  const word = window.be64();
  const flags = Number(word & BigInt(MASK));
  if (word >= FARTHEST) window.fail("limit", at, `The block section has a record for the sector ${word >> 9n}, beyond anything real.`);
  const sector = Number(word >> 9n);
  if ((flags & (FLAG.device | FLAG.eos | FLAG.progress)) === 0 || (flags & ~0xf) !== 0)
    window.fail("unknown-record", at, `The block section has a record with the flags 0x${flags.toString(16)}, which do not exist.`);
  const device = flags & FLAG.device ? window.name() : undefined;
  const data = flags & FLAG.device && !(flags & FLAG.zero) ? window.take(CHUNK) : undefined;
  const item: DiskItem = {
    item: "disk",
    at,
    bytes: window.offset - at,
    flags,
    sector,
    ...(device === undefined ? {} : { device }),
    ...(data === undefined ? {} : { data }),
  };
  sink.item(item);
  window.commit();
  return (flags & FLAG.eos) !== 0;
}
