import { sourceOfBytes } from "../byte-source.ts";
import { type ReadOptions, readStream } from "../read-stream.ts";
import { Verifier } from "../verify/verifier.ts";
import { decodeBytes, encode } from "./round-trip.ts";

/** What verify says, as `code @ offset path`; and the stream comes back from its document, whatever is wrong with it. */
export function wrongWith(bytes: Uint8Array, options: Partial<ReadOptions> = {}): readonly string[] {
  const verifier = new Verifier();
  readStream(sourceOfBytes(bytes), verifier, { payloads: true, ...options });
  verifier.end();
  if (Buffer.compare(encode(decodeBytes(bytes, options).items), bytes) !== 0) throw new Error("What is encoded is not what was decoded.");
  return verifier.findings.list.map(({ level, code, at, path }) => `${level === "note" ? "note: " : ""}${code} @ ${at} ${path}`);
}
