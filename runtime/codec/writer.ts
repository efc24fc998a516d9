import { Path } from "./path.ts";

const SMALLEST = 4096;

/** A buffer that grows and is used for many sections: a buffer or view for each would cost more than writing it. */
export class ByteWriter {
  bytes: Uint8Array;
  view: DataView;
  /** Where the next byte is written; all before it is valid. */
  at = 0;
  readonly path = new Path();

  constructor(size = SMALLEST) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room up to `end`. Replaces `bytes` and `view`, so that whoever holds them must take them anew. */
  grow(end: number): void {
    const bytes = new Uint8Array(Math.max(end, this.bytes.length * 2));
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  /** What was written, as a view that the next write does not keep. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }
}
