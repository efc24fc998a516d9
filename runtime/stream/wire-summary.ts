import type { Item } from "./item.ts";
import { type Compression, compressionOf, isSync } from "./multifd.ts";
import { decodePayload, MESSAGES } from "./payload-fields.ts";
import type { MessageItem, MultifdPacketItem } from "./wire-item.ts";

export interface ChannelSummary {
  readonly channel: number;
  packets: number;
  /** Packets that channels wait for each other with. */
  syncs: number;
  pages: number;
  /** Zero pages, of which only the offsets are sent. */
  zeroPages: number;
  /** How packets with pages pack them; more than one only in what no build sends. */
  readonly compressions: Set<Compression>;
  devices: number;
}

export interface ReturnPathSummary {
  /** How many of each message, in the order of their first. */
  readonly messages: Map<string, number>;
  /** Bytes of memory that were asked for. */
  requested: number;
  /** What SHUT says; nothing where it did not come. */
  error: number | undefined;
}

/** What there is on the other connections of a migration. */
export class WireSummary {
  channel: ChannelSummary | undefined;
  returnPath: ReturnPathSummary | undefined;

  item(item: Exclude<Item, { item: "section" }>): void {
    if (item.item === "multifd-hello")
      this.channel = { channel: item.channel, packets: 0, syncs: 0, pages: 0, zeroPages: 0, compressions: new Set(), devices: 0 };
    else if (item.item === "multifd-packet") this.#packet(item);
    else if (item.item === "multifd-device") this.#device();
    else if (item.item === "message") this.#message(item);
  }

  #packet({ flags, normalPages, zeroPages }: MultifdPacketItem): void {
    const { channel } = this;
    const compression = compressionOf(flags);
    if (channel === undefined) return;
    channel.packets++;
    if (isSync(flags)) channel.syncs++;
    channel.pages += normalPages;
    channel.zeroPages += zeroPages;
    if (normalPages > 0 && compression !== undefined) channel.compressions.add(compression);
  }

  #device(): void {
    if (this.channel === undefined) return;
    this.channel.packets++;
    this.channel.devices++;
  }

  #message({ message, payload }: MessageItem): void {
    this.returnPath ??= { messages: new Map(), requested: 0, error: undefined };
    const { messages } = this.returnPath;
    const known = MESSAGES[message];
    const name = known?.name ?? `${message}`;
    messages.set(name, (messages.get(name) ?? 0) + 1);
    const { length, error } = known === undefined ? {} : (decodePayload(known.fields, payload) ?? {});
    if (typeof length === "number") this.returnPath.requested += length;
    if (typeof error === "number") this.returnPath.error = error;
  }
}
