import type { BitmapChunkItem } from "../item.ts";
import type { Context } from "./context.ts";

const FLAG = { eos: 0x01, zeroes: 0x02, bitmapName: 0x04, nodeName: 0x08, start: 0x10, complete: 0x20, bits: 0x40, more: 0x80 } as const;

/** Reads a chunk of the dirty-bitmap section; true when it was the last of its part. FORMAT.md, dirty bitmaps. */
export function readBitmapChunk(c: Context): boolean {
  const { window } = c;
  const at = window.offset;
  let flags = window.u8();
  let flagBytes = 1;
  if (flags & FLAG.more) {
    flags |= window.u8() << 8;
    flagBytes = 2;
    if (flags & (FLAG.more << 8)) {
      flags = (flags | (window.be16() << 16)) >>> 0;
      flagBytes = 4;
    }
  }
  const node = flags & FLAG.nodeName ? window.name() : undefined;
  const bitmap = flags & FLAG.bitmapName ? window.name() : undefined;
  const start = flags & FLAG.start ? { granularity: window.be32(), flags: window.u8() } : undefined;
  const bits = flags & FLAG.bits ? readBits(c, (flags & FLAG.zeroes) !== 0) : undefined;
  const item: BitmapChunkItem = {
    item: "bitmap-chunk",
    at,
    bytes: window.offset - at,
    flags,
    flagBytes,
    ...(node === undefined ? {} : { node }),
    ...(bitmap === undefined ? {} : { bitmap }),
    ...(start === undefined ? {} : { start }),
    ...(bits === undefined ? {} : { bits }),
  };
  c.sink.item(item);
  window.commit();
  return (flags & FLAG.eos) !== 0;
}

function readBits({ window }: Context, isZero: boolean): NonNullable<BitmapChunkItem["bits"]> {
  const sector = window.be64();
  const sectors = window.be32();
  return isZero ? { sector, sectors } : { sector, sectors, data: window.take(window.size64()) };
}
