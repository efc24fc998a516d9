import { ByteReader, LoadError, type Machine } from "../codec/v1.ts";
import { sourceOfBytes } from "../stream/byte-source.ts";
import type { Problem } from "../stream/errors.ts";
import type { Item, PageRecord, SectionItem } from "../stream/item.ts";
import { decodePage } from "../stream/ram/decode-page.ts";
import type { Sink } from "../stream/read/context.ts";
import { readStream } from "../stream/read-stream.ts";
import { type SectionBytes, type SectionCodec, SectionRefusal } from "../stream/section-codec.ts";
import { CaptureError } from "./capture-error.ts";
import type { Device } from "./guest.ts";
import { sectionFinder } from "./section-finder.ts";

export interface CapturedBlock {
  readonly id: string;
  readonly size: number;
  /** Only when it was asked for. */
  readonly contents?: Uint8Array;
}

/** What a stream holds of a guest, each in the order of the stream. */
export interface CapturedMachine {
  readonly devices: Device[];
  readonly blocks: readonly CapturedBlock[];
}

/**
 * Reads the devices of a stream by a machine's codecs, with the properties that the machine type gives them, and its RAM when its contents are
 * wanted. States hold copies.
 * @throws CaptureError
 */
export function devicesOfStream(
  machine: Machine,
  bytes: Uint8Array,
  { contents = false }: { readonly contents?: boolean } = {},
): CapturedMachine {
  const capture = new Capture(machine, contents);
  readStream(sourceOfBytes(bytes), capture, { payloads: contents, codec: capture.codec });
  const [problem] = capture.problems;
  if (problem !== undefined)
    throw new CaptureError(problem.code === "refused" ? "refused" : "stream", problem.path, problem.at, problem.message);
  return capture;
}

/** Most bytes of a block whose contents are kept. */
const LARGEST = 2 ** 32;

class Capture implements Sink, CapturedMachine {
  readonly devices: Device[] = [];
  readonly blocks: CapturedBlock[] = [];
  readonly problems: Problem[] = [];
  readonly codec: SectionCodec;
  readonly #find: ReturnType<typeof sectionFinder>;
  readonly #wantsContents: boolean;

  constructor(machine: Machine, wantsContents: boolean) {
    this.#find = sectionFinder(machine);
    this.#wantsContents = wantsContents;
    this.codec = { onlyUndescribed: false, machine: () => undefined, layoutOf: (section) => this.#layoutOf(section) };
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    if (item.item !== "ram-block") return;
    const { name: id, length: size, at } = item;
    if (this.#wantsContents && size > LARGEST) throw new CaptureError("limit", `ram/${id}`, at, `The block '${id}' has ${size} bytes.`);
    this.blocks.push({ id, size, ...(this.#wantsContents ? { contents: new Uint8Array(size) } : {}) });
  };

  section = ({ id, name, instance, version, body: { at } }: SectionItem, body: Uint8Array): void => {
    const section = this.#find(name);
    if (section === undefined) throw new CaptureError("unknown-section", name, at, `The machine type has no section '${name}'.`);
    const { codec, properties } = section;
    try {
      const state = codec.load(new ByteReader(body.slice()), version, properties);
      this.devices.push({ name, instance, sectionId: id, codec, properties, state });
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      throw new CaptureError("refused", error.path, at + error.offset, error.message);
    }
  };

  page = (record: PageRecord, bytes: Uint8Array): void => {
    const { at, block, offset, pageSize, kind } = record;
    const contents = this.blocks.find(({ id }) => id === block)?.contents;
    // Of a page that is not in a mapped block's bitmap the file holds what it was once.
    if (contents === undefined || (kind === "mapped" && record.mark === 0)) return;
    const page = contents.subarray(offset, offset + pageSize);
    try {
      decodePage(record, bytes, page, () => {});
    } catch (error) {
      throw new CaptureError("page", `ram/${block}`, at, (error as Error).message.replace(/\.?$/, "."));
    }
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  /** Only how long a body is: its state is loaded when the whole of it is at hand. */
  #layoutOf({ name, version, bytes, fits }: SectionBytes): ReturnType<SectionCodec["layoutOf"]> {
    const section = this.#find(name);
    if (section === undefined) return undefined;
    const reader = new ByteReader(bytes);
    try {
      section.codec.load(reader, version, section.properties);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      throw new SectionRefusal(error.offset, error.path, error.code === "truncated", error.message);
    }
    // As of a device that a user configured otherwise.
    if (!fits(reader.at)) throw new SectionRefusal(reader.at, name, false, `The codec's '${name}' ends here, where no stream can go on.`);
    return { vmsd: section.codec.name, version, fields: [], subsections: [], size: reader.at };
  }
}
