/** Bytes of a page in the stream: its address and flags, then itself. */
export function pageCost(pageSize: number): number {
  return 8 + pageSize;
}
