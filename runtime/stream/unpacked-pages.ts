import type { SectionLayout } from "./description/layout.ts";
import type { Problem } from "./errors.ts";
import type { Item, PageRecord, SectionItem } from "./item.ts";
import { compressionOf, cString, PACKET_MEMORY } from "./multifd.ts";
import { PacketInflater } from "./packet-inflater.ts";
import type { Sink } from "./read/context.ts";
import type { MultifdPackedItem, MultifdPacketItem } from "./wire-item.ts";

const NOTHING = new Uint8Array(0);

/**
 * Stands before a sink that wants all pages of a multifd channel: also zero pages, and those that zlib packed. Pages of another compression are
 * a problem, said once. Such pages have no bytes of their own in the stream: `bytes` is 0, and `at` is their packet's, or that of the packed bytes.
 */
export class UnpackedPages implements Sink {
  readonly #sink: Sink;
  readonly #inflater = new PacketInflater();
  #packet: MultifdPacketItem | undefined;
  /** True once pages could not be unpacked: those behind them refer to them. */
  #isLost = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    this.#sink.item(item);
    if (item.item === "multifd-packet") {
      this.#packet = item;
      const { normalPages, zeroPages, offsets } = item;
      for (const offset of offsets.slice(normalPages, normalPages + zeroPages)) this.#emit(item, "zero", item.at, offset, NOTHING, 0);
    } else if (item.item === "multifd-packed" && this.#packet !== undefined && !this.#isLost) this.#unpack(item, this.#packet);
  };

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => this.#sink.section(item, body, layout);
  page = (record: PageRecord, bytes: Uint8Array): void => this.#sink.page(record, bytes);
  problem = (problem: Problem): void => this.#sink.problem(problem);

  #unpack({ at, data }: MultifdPackedItem, packet: MultifdPacketItem): void {
    const compression = compressionOf(packet.flags);
    const pageSize = PACKET_MEMORY / packet.slots;
    if (compression !== "zlib") {
      this.#lose(at, "unsupported", `Pages are packed by ${compression ?? "nothing known"}, which is not unpacked here.`);
      return;
    }
    let pages: Uint8Array;
    try {
      pages = this.#inflater.inflate(data, packet.normalPages * pageSize);
    } catch (error) {
      this.#lose(at, "bad-value", `Packed pages cannot be unpacked (${(error as Error).message}).`);
      return;
    }
    for (let page = 0; page < packet.normalPages; page++)
      this.#emit(packet, "multifd", at, packet.offsets[page] as bigint, pages, page * pageSize);
  }

  #lose(at: number, code: Problem["code"], message: string): void {
    this.#isLost = true;
    this.#sink.problem({ code, at, path: "multifd", message });
  }

  #emit(packet: MultifdPacketItem, kind: "zero" | "multifd", at: number, offset: bigint, bytes: Uint8Array, from: number): void {
    const pageSize = PACKET_MEMORY / packet.slots;
    const block = cString(packet.block);
    const to = kind === "zero" ? from : from + pageSize;
    this.#sink.page({ kind, at, bytes: 0, block, named: false, offset: Number(offset), pageSize, from, to, mark: 0 }, bytes);
  }
}
