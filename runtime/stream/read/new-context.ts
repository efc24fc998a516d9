import { Expected } from "../description/expected.ts";
import type { Description } from "../description/layout.ts";
import { PAGE_SIZE } from "../format.ts";
import type { SectionCodec } from "../section-codec.ts";
import type { Window } from "../window.ts";
import type { Context, Sink } from "./context.ts";
import type { Wire } from "./wires.ts";

export interface ReaderOptions {
  /** Whether payloads of pages are handed out; otherwise they are passed over. */
  readonly payloads: boolean;
  /** What was found at the stream's end, when that could be read before its beginning; no description when it could not be read. */
  readonly found?: { readonly description: Description | undefined } | undefined;
  /** True when the end was read: then there is none but that. */
  readonly isDescriptionSought: boolean;
  /** Goes before the description. */
  readonly codec?: SectionCodec | undefined;
  /** Defaults to 4096; the configuration section goes before. */
  readonly pageSize?: number | undefined;
  /** Which other connection of a migration it is, where that cannot be told by how it begins. */
  readonly as?: Wire | undefined;
}

/** What is known of a stream before its first byte. */
export function newContext(window: Window, sink: Sink, options: ReaderOptions): Context {
  const { payloads, found, isDescriptionSought, codec, as } = options;
  const description = found?.description;
  const pageSize = description?.pageSize ?? options.pageSize ?? PAGE_SIZE;
  const record = { kind: "zero" as const, at: 0, bytes: 0, block: "", named: false, offset: 0, pageSize, from: 0, to: 0, mark: 0 };
  return {
    window,
    sink,
    payloads,
    expected: description && new Expected(description),
    isDescriptionSought,
    codec,
    isDescriptionFound: found !== undefined,
    pageSize,
    machine: undefined,
    capabilities: new Set(),
    sections: new Map(),
    count: 0,
    footers: undefined,
    ram: { blocks: new Map(), current: undefined, unlisted: 0, mapped: undefined, record },
    packageEnd: undefined,
    isContinued: as === "preempt" || as === "recovery",
    lost: 0,
    hugePages: undefined,
  };
}
