import { constants, inflateRawSync } from "node:zlib";

/** How far back deflate refers. */
const REACH = 1 << 15;
/** Method and window, and their check; no preset dictionary. */
const HEAD_BYTES = 2;

/**
 * Unpacks what one multifd channel packed with zlib. It is one zlib stream, cut where it was flushed, so each piece refers to what came out
 * of those before it: all of a channel's pieces must be given, in their order.
 */
export class PacketInflater {
  /** The end of what came out so far. */
  #behind: Uint8Array<ArrayBuffer> | undefined;

  /** The next piece, which must come to `bytes` bytes. Throws an error of node:zlib, or a RangeError, for any other. */
  inflate(piece: Uint8Array, bytes: number): Uint8Array {
    const packed = this.#behind === undefined ? withoutHead(piece) : piece;
    const dictionary = this.#behind === undefined ? {} : { dictionary: this.#behind };
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(1, bytes), ...dictionary };
    const unpacked = inflateRawSync(packed, options);
    if (unpacked.length !== bytes) throw new RangeError(`it comes to ${unpacked.length} bytes instead of ${bytes}`);
    this.#behind = endOf(this.#behind, unpacked);
    return unpacked;
  }
}

function withoutHead(piece: Uint8Array): Uint8Array {
  const [method = 0, flags = 0] = piece;
  if ((method & 0x0f) !== 8 || (flags & 0x20) !== 0 || ((method << 8) | flags) % 31 !== 0) throw new RangeError("it is no zlib stream");
  return piece.subarray(HEAD_BYTES);
}

function endOf(before: Uint8Array | undefined, unpacked: Uint8Array): Uint8Array<ArrayBuffer> {
  if (before === undefined || unpacked.length >= REACH) return Uint8Array.from(unpacked.subarray(-REACH));
  const kept = before.subarray(Math.max(0, before.length + unpacked.length - REACH));
  const joined = new Uint8Array(kept.length + unpacked.length);
  joined.set(kept);
  joined.set(unpacked, kept.length);
  return joined;
}
