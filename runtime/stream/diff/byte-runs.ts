/** Bytes that differ, from one offset to before another. */
export interface ByteRun {
  readonly from: number;
  readonly to: number;
}

/** So many equal bytes between two runs do not part them: four are chance, within a word or an address. */
const NEAR = 4;

/** The runs of bytes that differ, as far as both go. */
export function byteRuns(a: Uint8Array, b: Uint8Array): ByteRun[] {
  const runs: ByteRun[] = [];
  const end = Math.min(a.length, b.length);
  let from = -1;
  let to = 0;
  for (let at = 0; at < end; at++) {
    if (a[at] === b[at]) continue;
    if (from >= 0 && at - to > NEAR) {
      runs.push({ from, to });
      from = -1;
    }
    if (from < 0) from = at;
    to = at + 1;
  }
  if (from >= 0) runs.push({ from, to });
  return runs;
}
