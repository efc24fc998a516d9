import { TYPE } from "./format.ts";

/** A description at the end of a stream: its text's offset, and its length. */
export interface Trailer {
  readonly at: number;
  readonly bytes: number;
}

/** Longest description that is looked for: the real ones have some hundred KiB. */
export const LONGEST_DESCRIPTION = 1 << 24;

const BRACE = 0x7b;

/**
 * Finds the description in the last bytes of a stream of `size` bytes; undefined where there is none. JSON has no byte below 0x20: the last
 * byte 0x06 of the file is the one in front of the description, or one of its length's four. A search for a brace would be wrong, as the
 * length may contain one.
 */
export function findTrailer(tail: Uint8Array, size: number): Trailer | undefined {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let type = tail.lastIndexOf(TYPE.description);
  for (let tries = 0; type >= 0 && tries < 5; tries++) {
    const text = type + 5;
    // Of a stream that was cut the last bytes may by chance be such a head; hardly a brace follows then.
    if (tail[text] === BRACE && view.getUint32(type + 1) === tail.length - text)
      return { at: size - tail.length + text, bytes: tail.length - text };
    // A search from before the first byte would begin at the end again.
    type = type === 0 ? -1 : tail.lastIndexOf(TYPE.description, type - 1);
  }
  return undefined;
}
