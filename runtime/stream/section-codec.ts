import type { VmsdLayout } from "../codec/layout.ts";

/** A section's bytes, as far as they are at hand. */
export interface SectionBytes {
  readonly name: string;
  readonly instance: number;
  readonly version: number;
  /** The machine type that the stream names. */
  readonly machine: string | undefined;
  /** They begin with the section's body and may go on behind it, or end within it. */
  readonly bytes: Uint8Array;
  /** Whether no more come. */
  readonly isAll: boolean;
  /** Whether the rest of a stream can begin behind a body of that size. */
  readonly fits: (size: number) => boolean;
  /**
   * Whether a body of that size would hold the head of another section. Data may, a packet for one; but an unusual reading that fits behind
   * one is none.
   */
  readonly swallows: (size: number) => boolean;
}

/** The machine type whose descriptors a stream was read by. */
export interface MachineFound {
  /** The first of the candidates; all of them say the same of every byte, but for those that are `undecided`. */
  readonly name: string;
  readonly profile?: string;
  /** False when it was named by whoever reads. */
  readonly inferred: boolean;
  /** Those that no section has ruled out. */
  readonly candidates: readonly { readonly name: string; readonly profile?: string }[];
  /** Sections whose bytes the candidates read in different ways; the first one's way was taken. */
  readonly undecided?: readonly string[];
}

/** What knows sections without being told by the stream. */
export interface SectionCodec {
  /** Whether it is asked only where the stream does not describe a section itself. */
  readonly onlyUndescribed: boolean;
  /**
   * What the bytes of a section's body are; undefined for a section that is not known. Throws SectionRefusal for bytes that a load would refuse,
   * and for those behind which nothing of a stream can begin.
   */
  readonly layoutOf: (section: SectionBytes) => VmsdLayout | undefined;
  /** The machine type, once sections have been read by it. */
  readonly machine: () => MachineFound | undefined;
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
