import type { ByteSource } from "../../runtime/stream/byte-source.ts";

/** A stream that is at hand whole. */
export function memorySource(bytes: Uint8Array): ByteSource {
  let at = 0;
  const copy = (into: Uint8Array, from: number): number => {
    const piece = bytes.subarray(from, from + into.length);
    into.set(piece);
    return piece.length;
  };
  return {
    read: (into) => {
      const got = copy(into, at);
      at += got;
      return got;
    },
    random: { size: bytes.length, peek: copy },
  };
}
