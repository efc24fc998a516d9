import { LoadError } from "./errors.ts";
import type { ByteReader } from "./reader.ts";

/** FORMAT.md, on the wire: what begins a subsection. */
export const SUBSECTION = 0x05;

/**
 * Looks at a byte 0x05 behind the fields of `vmsd` that begins none of its subsections. It may belong to a vmsd around, or be data; but
 * a name that begins with the vmsd's own and is longer is refused, as the sender sent what this build does not know.
 */
export function endOfSubsections(r: ByteReader, vmsd: string, at: number): void {
  const name = unknownAt(r, vmsd, at);
  if (name !== undefined) throw unknown(name, vmsd, r.path.to(name, ""), at);
}

/** The same behind a struct that has no subsections and is read in place, as `field` of the vmsd around. */
export function endOfStruct(r: ByteReader, around: string, field: string, vmsd: string, at: number): void {
  const name = unknownAt(r, vmsd, at);
  if (name !== undefined) throw unknown(name, vmsd, r.path.to(around, field), at);
}

function unknown(name: string, vmsd: string, path: string, at: number): LoadError {
  return new LoadError("unknown-subsection", path, at, `Subsection '${name}' of ${vmsd} is not known.`);
}

function unknownAt(r: ByteReader, vmsd: string, at: number): string | undefined {
  const length = r.bytes[at + 1] ?? 0;
  if (at + 2 > r.end || length <= vmsd.length || at + 2 + length > r.end) return undefined;
  // A byte 0x05 is mostly data: no string is made of what follows it before it is known to be a name.
  for (let i = 0; i < vmsd.length; i++) if (r.bytes[at + 2 + i] !== vmsd.charCodeAt(i)) return undefined;
  return latin1(r.bytes, at + 2, length);
}

function latin1(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
