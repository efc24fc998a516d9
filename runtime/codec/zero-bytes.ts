const SLAB = 1 << 16;
/** What is longer has memory of its own, so that a slab is never mostly what does not fit its end. */
const LONGEST = SLAB >> 3;

let slab = new ArrayBuffer(0);
let used = 0;

/** Zeros for a buffer that is absent, as a part of a larger memory: one of its own would cost six times as much, and is hardly ever written to. */
export function zeroBytes(length: number): Uint8Array {
  if (length > LONGEST) return new Uint8Array(length);
  if (used + length > slab.byteLength) {
    slab = new ArrayBuffer(SLAB);
    used = 0;
  }
  const bytes = new Uint8Array(slab, used, length);
  used += length;
  return bytes;
}
