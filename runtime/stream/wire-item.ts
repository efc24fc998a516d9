import type { Range } from "./range.ts";

// What the other connections of a migration are made of, beside what they share with the main one.

/** What a multifd channel begins with. */
export interface MultifdHelloItem extends Range {
  readonly item: "multifd-hello";
  readonly uuid: Uint8Array;
  readonly channel: number;
  /** Bytes that nothing uses, where they are not zeros. */
  readonly unused?: Uint8Array;
}

/** The head of a packet of pages. The pages come behind it: records of their own, or packed together. */
export interface MultifdPacketItem extends Range {
  readonly item: "multifd-packet";
  readonly flags: number;
  readonly pagesAlloc: number;
  readonly normalPages: number;
  /** Stale where there are no pages. */
  readonly nextPacketSize: number;
  readonly packet: bigint;
  /** Always 0 before QEMU 9.0, which had no such field. */
  readonly zeroPages: number;
  readonly unused?: Uint8Array;
  /** Without the zeros behind it. */
  readonly block: string;
  /** Of normal pages, then of zero pages; behind them what an earlier packet left, without the zeros at the end. */
  readonly offsets: readonly bigint[];
  /** Offsets that the head has room for. */
  readonly slots: number;
}

/** Pages of a packet as a compression made them, all together. */
export interface MultifdPackedItem extends Range {
  readonly item: "multifd-packed";
  readonly data: Uint8Array;
}

/** A packet with a piece of a device's state. */
export interface MultifdDeviceItem extends Range {
  readonly item: "multifd-device";
  readonly flags: number;
  /** Without the zeros behind it. */
  readonly name: string;
  readonly instance: number;
  readonly data: Uint8Array;
}

/** What the destination says on the return path. */
export interface MessageItem extends Range {
  readonly item: "message";
  readonly message: number;
  readonly payload: Uint8Array;
}

/** The pages of a block that have arrived, a bit each, behind the message that announces them. */
export interface ReceivedBitmapItem extends Range {
  readonly item: "received-bitmap";
  readonly bitmap: Uint8Array;
  /** The word behind it. */
  readonly mark: bigint;
}

export type WireItem = MultifdHelloItem | MultifdPacketItem | MultifdPackedItem | MultifdDeviceItem | MessageItem | ReceivedBitmapItem;
