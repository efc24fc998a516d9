export function be32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)) >>> 0
  );
}

/** Which of the four bytes on the wire is the first in which two different numbers differ. */
export function differing32(a: number, b: number): number {
  return Math.clz32(a ^ b) >> 3;
}
