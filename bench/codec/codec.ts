/** Where a codec writes: `view` and `bytes` are over the same memory; `at` is where the next byte goes, `end` where there is no more room. */
export interface Writer {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

/** Where a codec reads. Both faces travel in one object because that was measured to cost nothing against four arguments. */
export interface Reader {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

/** What is generated for a vmsd. Each function copies the fields of its writer or reader to locals, and sets `at` once, at its end. */
export interface Codec<State> {
  save(state: State, writer: Writer): void;
  load(reader: Reader): State;
  /** As QEMU does: into the device that is there. Numbers reuse the memory they have. */
  loadInto(state: State, reader: Reader): void;
}

export function writerOver(bytes: Uint8Array): Writer {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes, end: bytes.byteLength, at: 0 };
}

export function readerOver(bytes: Uint8Array): Reader {
  return writerOver(bytes);
}
