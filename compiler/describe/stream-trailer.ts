import { InputError } from "./input-error.ts";

const MAGIC = "QEVM";
const VMDESCRIPTION = 0x06;
const CONFIGURATION = 0x07;

export function isStream(head: Uint8Array): boolean {
  return head.length >= 4 && Buffer.from(head.buffer, head.byteOffset, 4).toString("latin1") === MAGIC;
}

/** Reads bytes `from` to `to` of the stream; may return fewer at the end. */
export type ReadRange = (from: number, to: number) => Uint8Array;

/**
 * Finds the JSON at the end of a stream: type byte 0x06, a be32 length, and that many bytes up to the end of the file. JSON
 * holds no byte below 0x20 and the length's high bytes do, so the last such byte of the file lies within the length.
 * A search for a brace would be wrong: the length itself may contain one.
 */
export function readTrailer(path: string, size: number, read: ReadRange, maxBytes: number): string {
  const start = Math.max(0, size - maxBytes - 5);
  const tail = Buffer.from(read(start, size));
  let control = tail.length - 1;
  while (control >= 0 && (tail[control] as number) >= 0x20) control--;
  for (let at = control; at >= Math.max(0, control - 4); at--) {
    if (tail[at] !== VMDESCRIPTION || at + 5 > tail.length) continue;
    if (tail.readUInt32BE(at + 1) === tail.length - at - 5) return tail.toString("utf8", at + 5);
  }
  throw new InputError(
    "NO_DESCRIPTION",
    path,
    start > 0 && control < 0
      ? `The stream's description is larger than the limit of ${maxBytes} bytes.`
      : "The stream carries no description (machine types up to 2.2, post-copy and truncated streams have none), so its layout cannot be read from it.",
  );
}

/** The machine type in the stream's configuration section, or undefined when it has none. */
export function readMachine(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head);
  if (bytes.length < 13 || bytes[8] !== CONFIGURATION) return undefined;
  const length = bytes.readUInt32BE(9);
  return length <= 255 && bytes.length >= 13 + length ? bytes.toString("utf8", 13, 13 + length) : undefined;
}
