import type { WorkOptions } from "../work.ts";

/** What a thread of a guest is given at its start. */
export interface ThreadData {
  /** Its number among the writers; undefined for the one that ticks. */
  readonly writer: number | undefined;
  readonly ram: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
  readonly dirty: SharedArrayBuffer;
  readonly pages: number;
  readonly truth: SharedArrayBuffer;
  readonly missing: SharedArrayBuffer;
  readonly work: WorkOptions;
  /** Writes in a millisecond of each writer; as fast as it can when undefined. */
  readonly perMs: number | undefined;
}
