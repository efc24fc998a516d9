import { isZero } from "../ram/zero-page.ts";
// The numbers of a multifd channel. FORMAT.md, multifd.

export const MULTIFD_MAGIC = 0x11223344;
export const MULTIFD_VERSION = 1;

/** Bytes that a channel begins with. */
export const HELLO_BYTES = 64;

/** Bytes of guest memory that a packet may carry; by the page's size they say how many offsets its head has. */
export const PACKET_MEMORY = 1 << 19;

/** Bytes of a block's or a device's name, padded with zeros. */
export const LONG_NAME = 256;

/** Bytes of a packet's head that nothing uses, behind its counts. */
export const UNUSED_BYTES = 28;

export const SYNC = 0x01;
const DEVICE_STATE = 0x40;
const KNOWN = 0x7f;

export type Compression = "none" | "zlib" | "zstd" | "qpl" | "uadk" | "qatzip";

const COMPRESSIONS: ReadonlyMap<number, Compression> = new Map([
  [0x00, "none"],
  [0x02, "zlib"],
  [0x04, "zstd"],
  [0x08, "qpl"],
  [0x10, "uadk"],
  [0x20, "qatzip"],
]);

export function isSync(flags: number): boolean {
  return (flags & SYNC) !== 0;
}

export function isDeviceState(flags: number): boolean {
  return (flags & DEVICE_STATE) !== 0;
}

/** How a packet's pages are packed; nothing for flags that no build sends. */
export function compressionOf(flags: number): Compression | undefined {
  return flags > KNOWN ? undefined : COMPRESSIONS.get(flags & ~(SYNC | DEVICE_STATE));
}

/** Bytes that a packet's pages are packed into; a head without pages may have a stale length. */
export function packedBytes(head: { readonly flags: number; readonly normalPages: number; readonly nextPacketSize: number }): number {
  return head.normalPages === 0 || compressionOf(head.flags) === "none" ? 0 : head.nextPacketSize;
}

/** Bytes that should be zeros; nothing when they are. */
export function usedIn(bytes: Uint8Array): Uint8Array | undefined {
  return isZero(bytes) ? undefined : bytes.slice();
}

/** A name without the zeros that fill it up. */
export function longName(text: string): string {
  return text.replace(/\0+$/, "");
}

/** The same name as the receiver reads it. */
export function cString(name: string): string {
  return name.split("\0", 1)[0] as string;
}
