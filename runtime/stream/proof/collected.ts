import { sourceOfBytes } from "../byte-source.ts";
import type { Problem } from "../errors.ts";
import type { Item, PageRecord, SectionItem } from "../item.ts";
import type { Sink } from "../read/context.ts";
import { type ReadOptions, readChunks, readStream } from "../read-stream.ts";

type Options = Partial<ReadOptions>;

/** A page with its payload. */
export type CollectedPage = Omit<PageRecord, "from" | "to"> & { readonly payload: Uint8Array };

export interface Collected {
  readonly items: readonly (Item | CollectedPage)[];
  readonly problems: readonly Problem[];
}

class Collector implements Sink {
  readonly items: (Item | CollectedPage)[] = [];
  readonly problems: Problem[] = [];

  item = (item: Exclude<Item, SectionItem>): void => {
    const copied = Object.entries(item).map(([key, value]) => [key, value instanceof Uint8Array ? value.slice() : value]);
    this.items.push(Object.fromEntries(copied));
  };
  section = (item: SectionItem): void => {
    this.items.push(item);
  };
  page = ({ from, to, ...record }: PageRecord, bytes: Uint8Array): void => {
    this.items.push({ ...record, payload: bytes.slice(from, to) });
  };
  problem = ({ code, at, path, message }: Problem): void => {
    this.problems.push({ code, at, path, message });
  };
}

/** Little memory, as a test reads thousands of streams; and a limit that what they say of their lengths may well reach. */
const optionsOf = (options: Options): ReadOptions => ({ payloads: true, limit: 1 << 20, memory: new Uint8Array(1 << 13), ...options });

export function collect(bytes: Uint8Array, options: Options = {}): Collected {
  const collector = new Collector();
  readStream(sourceOfBytes(bytes), collector, optionsOf(options));
  return { items: collector.items, problems: collector.problems };
}

/** The same of bytes that come one by one. */
export async function collectSlowly(bytes: Uint8Array, options: Options = {}): Promise<Collected> {
  const collector = new Collector();
  async function* each(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
  }
  await readChunks(each(), collector, optionsOf(options));
  return { items: collector.items, problems: collector.problems };
}

/** Bytes as text, so that a difference is quickly found out. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
