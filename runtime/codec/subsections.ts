import { LoadError } from "./errors.ts";
import type { ByteReader } from "./reader.ts";

/** FORMAT.md, on the wire: what begins a subsection. */
export const SUBSECTION = 0x05;

/**
 * Looks at a byte 0x05 behind the fields of `vmsd` that begins none of its subsections. It may belong to a vmsd around, or be data; but
 * a name that begins with the vmsd's own and is longer is refused, as the sender sent what this build does not know.
 */
export function endOfSubsections(r: ByteReader, vmsd: string, at: number): void {
  const length = r.bytes[at + 1] ?? 0;
  if (at + 2 > r.end || length <= vmsd.length || at + 2 + length > r.end) return;
  const name = latin1(r.bytes, at + 2, length);
  if (!name.startsWith(vmsd)) return;
  throw new LoadError("unknown-subsection", r.path.to(name, ""), at, `Subsection '${name}' of ${vmsd} is not known.`);
}

function latin1(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
