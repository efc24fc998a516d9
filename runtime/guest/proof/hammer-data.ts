export interface HammerData {
  readonly shared: SharedArrayBuffer;
  readonly pages: number;
  readonly seed: number;
  readonly counts: Int32Array<SharedArrayBuffer>;
}

/** Words of `counts`: threads that run, whether they are to end, and marks that found their page clean, of all threads. */
export const RUNNING = 0;
export const END = 1;
export const CLEAN = 2;

export interface OvertakeData {
  readonly shared: SharedArrayBuffer;
  readonly counts: Int32Array<SharedArrayBuffer>;
  /** What stands for the contents of the one page. */
  readonly value: Int32Array<SharedArrayBuffer>;
  readonly said: Int32Array<SharedArrayBuffer>;
}
