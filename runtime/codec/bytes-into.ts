/**
 * Bytes for a state that is loaded into, so that it keeps no hold of the reader's memory: in the array that it has, if that is as long and
 * owns its memory, else in a new one. An array that a load gave is a view of what was read then, which is not ours to write to;
 * an array over all of its memory counts as its owner.
 */
export function bytesInto(held: Uint8Array, b: Uint8Array, from: number, to: number): Uint8Array {
  const length = to - from;
  const own = held.length === length && held.buffer.byteLength === length ? held : new Uint8Array(length);
  own.set(b.subarray(from, to));
  return own;
}
