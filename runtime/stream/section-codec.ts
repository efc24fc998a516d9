import type { VmsdLayout } from "../codec/layout.ts";

/** What knows sections without being told by the stream. */
export interface SectionCodec {
  /**
   * What the bytes of a section's body are, which begins with `bytes` and may end before they do; undefined for a section that is not known.
   * Throws SectionRefusal for bytes that a load would refuse.
   */
  readonly layoutOf: (name: string, version: number, bytes: Uint8Array) => VmsdLayout | undefined;
}

/** Bytes that a codec refuses. */
export class SectionRefusal extends Error {
  override readonly name = "SectionRefusal";
  /** Offset in the body. */
  readonly offset: number;
  /** Section and field: `serial/recv_fifo.num`. */
  readonly path: string;
  /** Whether it is only that there are too few. */
  readonly isTruncated: boolean;

  constructor(offset: number, path: string, isTruncated: boolean, message: string) {
    super(message);
    this.offset = offset;
    this.path = path;
    this.isTruncated = isTruncated;
  }
}
