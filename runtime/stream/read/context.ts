import type { Expected } from "../description/expected.ts";
import type { SectionLayout } from "../description/layout.ts";
import type { Problem, StreamCode } from "../errors.ts";
import type { Item, PageRecord, PageSeries, RamBlockItem, SectionItem } from "../item.ts";
import type { SectionCodec } from "../section-codec.ts";
import type { Window } from "../window.ts";

/** What a stream is read for. Bytes that are handed out are valid until the call returns. */
export interface Sink {
  /** Every item but a device's section, in the order of the wire. */
  readonly item: (item: Exclude<Item, SectionItem>) => void;
  readonly section: (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined) => void;
  /** A page; its payload is in `bytes` when the reader was asked for payloads. */
  readonly page: (record: PageRecord, bytes: Uint8Array) => void;
  /** Many pages at once, whose payloads are in `bytes`, asked for or not; left out, each comes by itself. */
  readonly pages?: ((series: PageSeries, bytes: Uint8Array) => void) | undefined;
  /** Something that is wrong, behind which reading goes on. */
  readonly problem: (problem: Problem) => void;
}

/** A section that was begun, or came whole. */
export interface Known {
  readonly id: number;
  readonly name: string;
  readonly instance: number;
}

/** Reads a piece of a body that is sent in parts; true once the body has ended. */
export type ReadBody = (c: Context) => boolean;

/** Reads a piece of another connection than the main one; false at its end. */
export type ReadWire = (c: Context) => boolean;

/** What is known of a stream while it is read. */
export interface Context {
  readonly window: Window;
  readonly sink: Sink;
  /** Whether payloads of pages are to be at hand. */
  readonly payloads: boolean;
  /** What the stream's description promises; nothing where there is none. */
  expected: Expected | undefined;
  readonly codec: SectionCodec | undefined;
  /** From the configuration section. */
  machine: string | undefined;
  /** Whether the description has been looked for at the stream's end. */
  isDescriptionSought: boolean;
  /** Whether it was found there; then it was said what is wrong with it. */
  isDescriptionFound: boolean;
  pageSize: number;
  /** From the configuration section. */
  readonly capabilities: Set<string>;
  /** By id. */
  readonly sections: Map<number, Known>;
  /** How many came: of those with one id only the last is kept. */
  count: number;
  /** True once a footer was seen, false once one was not. */
  footers: boolean | undefined;
  readonly ram: RamContext;
  /** Offset in the stream where a nested stream ends. */
  packageEnd: number | undefined;
  /** True on a connection that goes on with what another began: that has named the sections, and listed the blocks. */
  readonly isContinued: boolean;
  /** How often something could not be read. */
  lost: number;
  /** The post-copy advice's page sizes, ORed; nothing before it. */
  hugePages: bigint | undefined;
}

export interface RamContext {
  readonly blocks: Map<string, RamBlockItem>;
  /** The block of the record before. */
  current: RamBlockItem | undefined;
  /** Bytes of blocks that the list has yet to name. */
  unlisted: number;
  /** What a mapped block still holds, between its place in the list and the next. */
  mapped: MappedRest | undefined;
  readonly record: PageRecord;
}

export interface MappedRest {
  readonly block: RamBlockItem;
  bitmap: Uint8Array | undefined;
  gap: number;
  nextPage: number;
}

export function report(c: Context, code: StreamCode, at: number, path: string, message: string): void {
  c.sink.problem({ code, at, path, message });
}
