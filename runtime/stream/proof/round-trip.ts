import type { ByteSource } from "../byte-source.ts";
import { sourceOfBytes } from "../byte-source.ts";
import type { Problem } from "../errors.ts";
import { writeItem } from "../json/document.ts";
import { DocumentWriter } from "../json/document-writer.ts";
import { Out } from "../out.ts";
import { type ReadOptions, readStream } from "../read-stream.ts";
import { Coverage } from "./coverage.ts";

export type JsonItem = { readonly item: string; readonly at: number } & Readonly<Record<string, unknown>>;

export interface Decoded {
  readonly items: readonly JsonItem[];
  readonly problems: readonly Problem[];
  /** Bytes that the items are made of. */
  readonly bytes: number;
}

/** Where bytes lie while they are read, stream after stream. */
export const MEMORY = new Uint8Array(1 << 16);

/** A stream's document, as JSON that was printed and parsed. */
export function decode(source: ByteSource, options: Partial<ReadOptions> = {}): Decoded {
  const text: string[] = [];
  const writer = new DocumentWriter((more) => text.push(more));
  const coverage = new Coverage(writer);
  readStream(source, coverage, { payloads: true, memory: MEMORY, ...options });
  writer.end();
  const { items } = JSON.parse(text.join("")) as { items: JsonItem[] };
  return { items, problems: writer.problems, bytes: coverage.end };
}

export function decodeBytes(bytes: Uint8Array, options?: Partial<ReadOptions>): Decoded {
  return decode(sourceOfBytes(bytes), options);
}

export function encode(items: readonly object[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const out = new Out((bytes) => pieces.push(bytes.slice()));
  for (const [at, item] of items.entries()) writeItem(out, item, `items[${at}]`, undefined);
  out.flush();
  return Buffer.concat(pieces);
}

/** The same bytes as from a pipe: no end to look at first. */
export function pipeOf(bytes: Uint8Array): ByteSource {
  return { read: sourceOfBytes(bytes).read };
}
