import { hex64 } from "../../codec/json.ts";
import { RAM } from "../format.ts";
import type { BitmapChunkItem, DiskItem, GapItem, MappedBitmapItem, OpaqueItem, RamBlockItem, RamMarkItem, RamSizeItem } from "../item.ts";
import type { Out } from "../out.ts";
import type { Form } from "./form.ts";
import { base64, type Members } from "./members.ts";

export const ramSize: Form<RamSizeItem> = {
  toJson: ({ total }) => ({ total }),
  write: (out, json) => out.word(json.word("total"), RAM.size),
};

export const ramBlock: Form<RamBlockItem> = {
  toJson: ({ name, length, pageSize, address, mapped }) => ({
    name,
    length,
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(address === undefined ? {} : { address: hex64(address) }),
    ...(mapped === undefined ? {} : { mapped }),
  }),
  write: (out, json) => {
    out.name(json.name("name"));
    out.be64(json.size("length"));
    if (json.get("pageSize") !== undefined) out.be64(json.size("pageSize"));
    if (json.get("address") !== undefined) out.be64(json.bits64("address"));
    if (json.get("mapped") === undefined) return;
    const mapped = json.member("mapped");
    out.be32(mapped.be32("version"));
    for (const key of ["pageSize", "bitmapOffset", "pagesOffset"]) out.be64(mapped.size(key));
  },
};

export const mappedBitmap: Form<MappedBitmapItem> = {
  toJson: ({ bitmap }) => ({ data: base64(bitmap) }),
  write: (out, json) => out.put(json.base64("data")),
};

export const gap: Form<GapItem> = { toJson: ({ bytes }) => ({ bytes }), write: (out, json) => out.zeros(json.size("bytes")) };

export const opaque: Form<OpaqueItem> = {
  toJson: ({ data }) => ({ data: base64(data) }),
  write: (out, json) => out.put(json.base64("data")),
};

export function ramMark(flags: number): Form<RamMarkItem> {
  return {
    toJson: ({ high }) => (high === 0 ? {} : { high }),
    write: (out, json) => out.word(json.word("high", 0), flags),
  };
}

export const bitmapChunk: Form<BitmapChunkItem> = {
  toJson: ({ flags, flagBytes, node, bitmap, start, bits }) => ({
    flags,
    ...(flagBytes === 1 ? {} : { flagBytes }),
    ...(node === undefined ? {} : { node }),
    ...(bitmap === undefined ? {} : { bitmap }),
    ...(start === undefined ? {} : { start }),
    ...(bits === undefined ? {} : { bits: { ...bits, sector: hex64(bits.sector), ...(bits.data ? { data: base64(bits.data) } : {}) } }),
  }),
  write: (out, json) => {
    const flags = json.be32("flags");
    const flagBytes = json.number("flagBytes", 4, 1);
    out.u8(flags & 0xff);
    if (flagBytes > 1) out.u8((flags >> 8) & 0xff);
    if (flagBytes > 2) out.be16(flags >>> 16);
    if (json.get("node") !== undefined) out.name(json.name("node"));
    if (json.get("bitmap") !== undefined) out.name(json.name("bitmap"));
    if (json.get("start") !== undefined) {
      const start = json.member("start");
      out.be32(start.be32("granularity"));
      out.u8(start.number("flags", 255));
    }
    if (json.get("bits") !== undefined) writeBits(out, json.member("bits"));
  },
};

function writeBits(out: Out, json: Members): void {
  out.be64(json.bits64("sector"));
  out.be32(json.be32("sectors"));
  if (json.get("data") === undefined) return;
  const data = json.base64("data");
  out.be64(data.length);
  out.put(data);
}

export const disk: Form<DiskItem> = {
  toJson: ({ flags, sector, device, data }) => ({
    flags,
    sector,
    ...(device === undefined ? {} : { device }),
    ...(data === undefined ? {} : { data: base64(data) }),
  }),
  write: (out, json) => {
    out.be64((BigInt(json.size("sector")) << 9n) | BigInt(json.number("flags", 0x1ff)));
    if (json.get("device") !== undefined) out.name(json.name("device"));
    if (json.get("data") !== undefined) out.put(json.base64("data"));
  },
};
