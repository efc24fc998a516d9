import type { ByteSource } from "./byte-source.ts";
import { StreamError } from "./errors.ts";
import type { Sink } from "./read/context.ts";
import { readDescriptionOrReport } from "./read/description.ts";
import { fewProblems } from "./read/few-problems.ts";
import type { ReaderOptions } from "./read/new-context.ts";
import { StreamReader } from "./read/stream-reader.ts";
import type { Wire } from "./read/wires.ts";
import type { SectionCodec } from "./section-codec.ts";
import { findTrailer, LONGEST_DESCRIPTION } from "./trailer.ts";
import { latin1, MORE, Window } from "./window.ts";

export interface ReadOptions {
  /** Whether the sink gets the payloads of pages. */
  readonly payloads: boolean;
  /** Most bytes of a device's section, or of all of them where nothing says where one ends; 64 MiB unless said otherwise. */
  readonly limit?: number;
  readonly pageSize?: number;
  /** What knows sections without the stream's description. */
  readonly codec?: SectionCodec | undefined;
  /** Which other connection of a migration it is, where that cannot be told by how it begins. */
  readonly as?: Wire | undefined;
  /** Bytes before the stream, which are none of it. Offsets stay those of the whole. */
  readonly offset?: number | undefined;
  /** Where bytes are to lie while they are read; or what gives that, asked again each time that those before have been read. */
  readonly memory?: Uint8Array<ArrayBuffer> | (() => Uint8Array<ArrayBuffer>) | undefined;
  /** Called now and then with the bytes read so far. */
  readonly progress?: (bytes: number) => void;
}

/** As hex digits it is still well below the longest string. */
const LIMIT = 1 << 26;

/**
 * Reads a whole stream. What is wrong goes to the sink as a problem; what cannot be read comes as items of bytes alone.
 * The description at the end is used from the beginning on: of a file it is read first, of a pipe the devices' sections wait for it.
 */
export function readStream(source: ByteSource, sink: Sink, options: ReadOptions): void {
  const { random } = source;
  const found = random === undefined ? undefined : findDescription(random, sink);
  const { window, isRead } = reading(sink, options, random?.size, found);
  while (!isRead()) feed(window, source, options);
}

/** The same of bytes that come when they come: a socket's, or those of a program that decompresses. */
export async function readChunks(chunks: AsyncIterable<Uint8Array>, sink: Sink, options: ReadOptions): Promise<void> {
  const { window, isRead } = reading(sink, options);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      window.makeRoom();
      const piece = chunk.subarray(at, at + window.bytes.length - window.end);
      window.bytes.set(piece, window.end);
      window.end += piece.length;
      at += piece.length;
      if (window.isFed && isRead()) return;
    }
    options.progress?.(window.base + window.end);
  }
  window.isAll = true;
  isRead();
}

interface Reading {
  readonly window: Window;
  /** Reads what the window has; true when that was the stream's end, false when more is wanted. */
  readonly isRead: () => boolean;
}

/** With the stream's `size` goes that its description was looked for. */
function reading(sink: Sink, options: ReadOptions, size?: number, found?: ReaderOptions["found"]): Reading {
  const { payloads, pageSize, codec, as, offset = 0, memory } = options;
  const next = typeof memory === "function" ? memory : undefined;
  const window = new Window(options.limit ?? LIMIT, typeof memory === "function" ? memory() : memory, size, next);
  window.startAt(offset);
  const reader = new StreamReader(window, fewProblems(sink), {
    payloads,
    found,
    isDescriptionSought: size !== undefined,
    codec,
    pageSize,
    as,
  });
  const isRead = (): boolean => {
    for (;;) {
      try {
        while (reader.step());
        return true;
      } catch (error) {
        if (error === MORE) {
          window.rewind();
          return false;
        }
        if (!(error instanceof StreamError)) throw error;
        sink.problem(error);
        reader.goOn(error);
      }
    }
  };
  return { window, isRead };
}

/** Reads until the bytes are there that the item wants, or no more come. */
function feed(window: Window, source: ByteSource, { progress }: ReadOptions): void {
  do {
    window.makeRoom();
    const { ahead } = window;
    if (source.skip !== undefined && ahead > 0) {
      source.skip(ahead);
      window.jump(ahead);
    }
    const got = source.read(window.bytes.subarray(window.end));
    window.end += got;
    window.isAll = got === 0;
    progress?.(window.base + window.end);
  } while (!window.isAll && !window.isFed);
}

function findDescription({ size, peek }: NonNullable<ByteSource["random"]>, sink: Sink): ReaderOptions["found"] {
  // Mostly it lies in the last piece; a longer one is looked for once more.
  for (const length of [1 << 18, LONGEST_DESCRIPTION]) {
    const tail = new Uint8Array(Math.min(size, length));
    const got = peek(tail, size - tail.length);
    const trailer = findTrailer(tail.subarray(0, got), size);
    if (trailer !== undefined) return { description: readDescriptionOrReport(latin1(tail, got - trailer.bytes, got), trailer.at, sink) };
    if (tail.length === size || tail.indexOf(0) >= 0) return undefined;
  }
  return undefined;
}
