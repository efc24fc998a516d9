/** Where an item lies in the stream. */
export interface Range {
  readonly at: number;
  readonly bytes: number;
}
