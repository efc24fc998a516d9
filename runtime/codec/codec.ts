import type { ByteReader } from "./reader.ts";
import type { ByteWriter } from "./writer.ts";

/** The version of the interface between generated code and this folder; a change that breaks generated code gets a new file beside v1.ts. */
export const CODEC_ABI = 1;

/** One section's or struct's codec. `S` is its state, `P` the properties that its layout depends on. */
export interface Codec<S, P = unknown> {
  readonly abi: typeof CODEC_ABI;
  readonly name: string;
  readonly versionId: number;
  readonly minimumVersionId: number;
  /** Writes the state at the writer's `at` and moves it. Throws SaveError. */
  readonly save: (s: S, w: ByteWriter, m: P) => void;
  /** Reads a state of that version from the reader's `at` and moves it. Buffers are views into the reader's bytes. Throws LoadError. */
  readonly load: (r: ByteReader, versionId: number, m: P) => S;
  /**
   * The same into a state that exists; a failed load leaves it as it was. Buffers that are fields of it, or of structs that it holds in
   * arrays of fixed length, are copied; those within what is made anew are views, as after `load`.
   */
  readonly loadInto: (s: S, r: ByteReader, versionId: number, m: P) => void;
}
