import { createHash } from "node:crypto";
import type { BlockDigest } from "./guest-truth.ts";

/** A block's hashes with one for them all. */
export function blockDigest(id: string, hashes: BigUint64Array<ArrayBuffer>): BlockDigest {
  return { id, hashes, digest: createHash("sha256").update(new Uint8Array(hashes.buffer)).digest("hex") };
}
