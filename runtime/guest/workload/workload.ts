/** The order in which pages are written to, as a function of how often its writer has written: a guest that was moved goes on with it. */
export interface Workload<Options> {
  /** `byte` adds one to the first byte of the page, as QEMU's boot block does; `page` writes all over it. */
  readonly store: "page" | "byte";
  /** Of so many pages that of the nth write; 32 random bits go with each write. Undefined for a guest that writes to none. */
  readonly order: ((options: Options, pages: number) => (n: number, random: number) => number) | undefined;
  /** How long it writes and how long it rests, in ms. */
  readonly rhythm?: (options: Options) => Rhythm;
}

export interface Rhythm {
  readonly on: number;
  readonly off: number;
}
