/** What `describeMachines` is told beside the names of machine types. */
export interface MatrixOptions {
  /** The project: paths below are relative to it, and its descriptors are found as `vmstate compile` finds them. Left out: the working folder. */
  readonly root?: string;
  /** The folder that `vmstate compile` wrote. */
  readonly gen: string;
  /** Where generated code finds the runtime, as `vmstate compile` was told; left out where vmstate.compile.json says it. */
  readonly runtime?: string;
  /**
   * A folder with the metadata of the last release: for each machine type a file `NAME.json`, by its name or an alias, as
   * `vmstate dump --machine NAME` printed it, or gzip made `NAME.json.gz` of it. Left out: nothing is held against an earlier release.
   */
  readonly previous?: string;
  /** Random states of each section. Defaults to 8. */
  readonly states?: number;
  /** What the random states are drawn from. Defaults to 1. */
  readonly seed?: number;
  /** States that real devices have been in, by the name of the section; each must come back as it is. */
  readonly examples?: Readonly<Record<string, readonly object[]>>;
}
