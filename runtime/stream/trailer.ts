import { TYPE } from "./format.ts";

/** A description at the end of a stream: its text's offset, and its length. */
export interface Trailer {
  readonly at: number;
  readonly bytes: number;
}

/** Longest description that is looked for: the real ones have some hundred KiB. */
export const LONGEST_DESCRIPTION = 1 << 24;

const SHORTEST = "{}".length;

/**
 * Finds the description in the last bytes of a stream of `size` bytes; undefined where there is none. JSON has no byte below 0x20 and the
 * high byte of its length has: the search goes back to the last such byte, and not for a brace, which the length may contain.
 */
export function findTrailer(tail: Uint8Array, size: number): Trailer | undefined {
  let low = tail.length - 1;
  while (low >= 0 && (tail[low] as number) >= 0x20) low--;
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  // The last low byte is the type, or one of the length's four.
  for (let type = low; type >= Math.max(0, low - 4); type--) {
    const text = type + 5;
    if (tail[type] === TYPE.description && text + SHORTEST <= tail.length && view.getUint32(type + 1) === tail.length - text)
      return { at: size - tail.length + text, bytes: tail.length - text };
  }
  return undefined;
}
