import type { ByteSource } from "../../stream/byte-source.ts";
import { DirtyLogError } from "./dirty-log-error.ts";

/** Memory grows by this much at a time, and only once what was asked for before is full: a length is not believed. */
const PIECE = 1 << 20;

/** Takes whole pieces out of a source. */
export class SourceReader {
  readonly #source: ByteSource;
  readonly #max: number;
  #offset = 0;

  constructor(source: ByteSource, max: number) {
    this.#source = source;
    this.#max = max;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  /**
   * That many bytes, or undefined when the source ends before.
   * @throws DirtyLogError beyond the limit
   */
  take(length: number): Uint8Array | undefined {
    let bytes = new Uint8Array(Math.min(length, PIECE));
    for (let done = 0; done < length; ) {
      if (done === bytes.length) {
        const more = new Uint8Array(Math.min(length, bytes.length * 2));
        more.set(bytes);
        bytes = more;
      }
      const got = this.#source.read(bytes.subarray(done));
      if (got === 0) return undefined;
      done += got;
      this.#offset += got;
      if (this.#offset > this.#max) throw new DirtyLogError("limit", this.#max, "", `The log has more than ${this.#max} bytes.`);
    }
    return bytes;
  }
}
