import type { Range } from "./range.ts";
import type { WireItem } from "./wire-item.ts";

// What a stream is made of, in the order of the wire: every byte belongs to one item. The JSON that `vmstate stream decode` prints is a list
// of these, with bytes as text. Names have a character a byte.

export interface HeaderItem extends Range {
  readonly item: "header";
  readonly version: number;
}

export interface ConfigurationItem extends Range {
  readonly item: "configuration";
  readonly machine: string;
  readonly subsections: readonly ConfigurationSubsection[];
}

export type ConfigurationSubsection =
  | { readonly name: "configuration/target-page-bits"; readonly version: number; readonly bits: number }
  | { readonly name: "configuration/capabilities"; readonly version: number; readonly capabilities: readonly string[] }
  | { readonly name: "configuration/uuid"; readonly version: number; readonly uuid: Uint8Array };

/** How the end of a section was found, as nothing on the wire says it. */
export type Framing = "codec" | "description" | "footer" | "next section";

/** A device's whole state. */
export interface SectionItem extends Range {
  readonly item: "section";
  readonly id: number;
  readonly name: string;
  readonly instance: number;
  readonly version: number;
  readonly framing: Framing;
  /** Its state, without header and footer. */
  readonly body: Range;
}

/** The head of a part of a section that is sent in several: `ram` and its like. What it holds are items of their own. */
export interface StartItem extends Range {
  readonly item: "start";
  readonly id: number;
  readonly name: string;
  readonly instance: number;
  readonly version: number;
}

export interface PartItem extends Range {
  readonly item: "part" | "end";
  readonly id: number;
}

/** State of such a section in a format that is not known here. */
export interface OpaqueItem extends Range {
  readonly item: "opaque";
  readonly data: Uint8Array;
}

export interface FooterItem extends Range {
  readonly item: "footer";
  readonly id: number;
}

export interface CommandItem extends Range {
  readonly item: "command";
  readonly command: number;
  readonly payload: Uint8Array;
}

export interface EofItem extends Range {
  readonly item: "eof";
}

export interface DescriptionItem extends Range {
  readonly item: "description";
  readonly text: Uint8Array;
}

/** A piece of what lies behind the end, or could not be read. */
export interface RestItem extends Range {
  readonly item: "rest";
  readonly data: Uint8Array;
}

/** What the list of blocks begins with: the sum of their lengths. */
export interface RamSizeItem extends Range {
  readonly item: "ram-size";
  readonly total: number;
}

export interface RamBlockItem extends Range {
  readonly item: "ram-block";
  readonly name: string;
  readonly length: number;
  /** Only sent for blocks of huge pages, before post-copy. */
  readonly pageSize?: number;
  /** Guest address; only sent with the capability x-ignore-shared. */
  readonly address?: bigint;
  /** Only in files with the capability mapped-ram. */
  readonly mapped?: MappedHeader;
}

export interface MappedHeader {
  readonly version: number;
  readonly pageSize: number;
  readonly bitmapOffset: number;
  readonly pagesOffset: number;
}

/** The pages of a block that a mapped-ram file holds, a bit each, and the gap up to where they lie. */
export interface MappedBitmapItem extends Range {
  readonly item: "mapped-bitmap";
  readonly bitmap: Uint8Array;
}

/** Zeros that nothing was written to, in a file with the capability mapped-ram. */
export interface GapItem extends Range {
  readonly item: "gap";
}

/** A marker of the ram section: the end of its part, a flush of other channels, or what RDMA's code reads. */
export interface RamMarkItem extends Range {
  readonly item: "ram-eos" | "multifd-flush" | "ram-hook";
  /** Bits of the word that have no meaning here. */
  readonly high: number;
}

/** A chunk of the dirty-bitmap section. */
export interface BitmapChunkItem extends Range {
  readonly item: "bitmap-chunk";
  readonly flags: number;
  /** Bytes that the flags take: 1, 2 or 4. */
  readonly flagBytes: number;
  readonly node?: string;
  readonly bitmap?: string;
  readonly start?: { readonly granularity: number; readonly flags: number };
  readonly bits?: { readonly sector: bigint; readonly sectors: number; readonly data?: Uint8Array };
}

/** A record of the block section, that is block migration. */
export interface DiskItem extends Range {
  readonly item: "disk";
  /** Low nine bits of its word. */
  readonly flags: number;
  /** The others: a sector, or per cent. */
  readonly sector: number;
  readonly device?: string;
  readonly data?: Uint8Array;
}

export type Item =
  | HeaderItem
  | ConfigurationItem
  | SectionItem
  | StartItem
  | PartItem
  | OpaqueItem
  | FooterItem
  | CommandItem
  | EofItem
  | DescriptionItem
  | RestItem
  | RamSizeItem
  | RamBlockItem
  | MappedBitmapItem
  | GapItem
  | RamMarkItem
  | BitmapChunkItem
  | DiskItem
  | WireItem;

export type PageKind = "zero" | "page" | "xbzrle" | "compressed" | "mapped" | "multifd";

/** Records of whole pages, one behind the other in the stream and in their block, none of which names it. */
export interface PageSeries extends Range {
  readonly block: string;
  /** Offset of the first page in its block. */
  readonly offset: number;
  readonly pageSize: number;
  readonly pages: number;
  /** Where the first page begins in the window's bytes, and how far each is from the one before. */
  readonly from: number;
  readonly stride: number;
}

/** A page of RAM. One object stands for one after the other: who keeps one copies it. */
export interface PageRecord {
  kind: PageKind;
  /** Offset of the record in the stream. */
  at: number;
  bytes: number;
  block: string;
  /** Whether the block's name is in the record. */
  named: boolean;
  /** Offset of the page in its block. */
  offset: number;
  pageSize: number;
  /** Its payload in the window's bytes, when they were asked for; the page, or what encodes it. */
  from: number;
  to: number;
  /** The byte that a zero page is filled with, or the encoding that an xbzrle record names. */
  mark: number;
}
