import { Path } from "./path.ts";

/**
 * Bytes to load from. Codecs take `view` and `bytes` into locals and move `at` only when they are done with a run, so a reader is plain
 * fields and no method calls: those would not be inlined in a function of real size.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the next byte is read. */
  at: number;
  /** Behind the last byte that may be read; whoever reads bodies that lie one behind another moves it. */
  end: number;
  /** The byte that stood before the list element that is being loaded. */
  marker = 0;
  readonly path = new Path();

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.end = end;
  }
}
