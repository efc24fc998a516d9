import { compressionOf, packedBytes } from "../multifd.ts";
import type { MultifdPacketItem } from "../wire-item.ts";
import type { Context } from "./context.ts";

/** Pages of a packet that are still to be read. */
export interface PacketRest {
  readonly packet: MultifdPacketItem;
  readonly block: string;
  nextPage: number;
}

/** Reads what a packet carries behind its head. */
export function readPacketPages(c: Context, rest: PacketRest): void {
  const { window, pageSize, payloads, ram, sink } = c;
  const { packet } = rest;
  if (compressionOf(packet.flags) !== "none") {
    const at = window.offset;
    const bytes = packedBytes(packet);
    if (bytes > 0) sink.item({ item: "multifd-packed", at, bytes, data: window.take(bytes) });
    return;
  }
  const { record } = ram;
  for (; rest.nextPage < packet.normalPages; rest.nextPage++) {
    const at = window.offset;
    if (payloads) window.need(pageSize);
    window.skip(pageSize);
    record.kind = "multifd";
    record.at = at;
    record.bytes = pageSize;
    record.block = rest.block;
    record.named = false;
    record.offset = Number(packet.offsets[rest.nextPage]);
    record.pageSize = pageSize;
    record.to = window.at;
    record.from = window.at - pageSize;
    record.mark = 0;
    sink.page(record, window.bytes);
    window.commit();
  }
}
