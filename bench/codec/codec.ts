import { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";

/** Where a codec by hand writes: `view` and `bytes` are over the same memory; `at` is where the next byte goes, `end` where there is no more room. */
export interface Writer {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

/** Where a codec by hand reads. Both faces travel in one object because that was measured to cost nothing against four arguments. */
export interface Reader {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

interface Moving {
  at: number;
}

/** What is generated for a vmsd. Each function copies the fields of its writer or reader to locals, and sets `at` once, at its end. */
export interface Codec<State, W = Writer, R = Reader> {
  save(state: State, writer: W): void;
  load(reader: R): State;
  /** As QEMU does: into the device that is there. Numbers reuse the memory they have. */
  loadInto(state: State, reader: R): void;
}

/** A codec, and what it writes to and reads from. */
export interface Measured<State, W extends Moving, R extends Moving> {
  readonly codec: Codec<State, W, R>;
  readonly writerOver: (bytes: Uint8Array) => W;
  readonly readerOver: (bytes: Uint8Array) => R;
}

export function byHand<State>(codec: Codec<State>): Measured<State, Writer, Reader> {
  return { codec, writerOver, readerOver };
}

export function generated<State>(codec: Codec<State, ByteWriter, ByteReader>): Measured<State, ByteWriter, ByteReader> {
  return { codec, writerOver: byteWriterOver, readerOver: (bytes) => new ByteReader(bytes) };
}

export function writerOver(bytes: Uint8Array): Writer {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes, end: bytes.byteLength, at: 0 };
}

export function readerOver(bytes: Uint8Array): Reader {
  return writerOver(bytes);
}

function byteWriterOver(bytes: Uint8Array): ByteWriter {
  const writer = new ByteWriter(0);
  writer.bytes = bytes;
  writer.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return writer;
}
