import type { Out } from "../stream/out.ts";
import { decodePayload, MESSAGES } from "../stream/payload-fields.ts";
import { BITMAP_END } from "../stream/read/return-path.ts";
import type { Window } from "../stream/window.ts";

// What the destination says while the stream comes. FORMAT.md, return path.

export type ReturnMessage =
  | { readonly message: "shut"; readonly error: number }
  | { readonly message: "pong"; readonly value: number }
  /** Without a block: of the one before. */
  | { readonly message: "req-pages"; readonly block?: string; readonly offset: number; readonly length: number }
  | { readonly message: "recv-bitmap"; readonly block: string; readonly bitmap: Uint8Array }
  | { readonly message: "resume-ack"; readonly value: number }
  | { readonly message: "switchover-ack" };

const NUMBERS = { shut: 1, pong: 2, reqPagesId: 3, reqPages: 4, recvBitmap: 5, resumeAck: 6, switchoverAck: 7 };

/** What the payload of one message or another has. */
interface Fields {
  readonly error: number;
  readonly value: number;
  readonly offset: number;
  readonly length: number;
  readonly block: string;
}

/** QEMU's own limit. */
const LONGEST = 512;

export function readReturnMessage(window: Window): ReturnMessage {
  const at = window.offset;
  window.path = "return path";
  const number = window.be16();
  const length = window.be16();
  if (length > LONGEST)
    window.fail("limit", at + 2, `A message of the return path has ${length} bytes, more than the limit of ${LONGEST}.`);
  const payload = window.take(length);
  const known = number === 0 ? undefined : MESSAGES[number];
  if (known === undefined) return window.fail("unknown-message", at, `The return path has the message ${number}, which does not exist.`);
  const fields = decodePayload(known.fields, payload);
  if (fields === undefined)
    return window.fail("bad-length", at + 2, `The ${length} bytes of the message ${known.name} are not its fields.`);
  const { error, value, offset, length: bytes, block } = fields as unknown as Fields;
  switch (number) {
    case NUMBERS.shut:
      return { message: "shut", error };
    case NUMBERS.pong:
      return { message: "pong", value };
    case NUMBERS.reqPagesId:
      return { message: "req-pages", block, offset, length: bytes };
    case NUMBERS.reqPages:
      return { message: "req-pages", offset, length: bytes };
    case NUMBERS.recvBitmap:
      return { message: "recv-bitmap", block, bitmap: readBitmap(window) };
    case NUMBERS.resumeAck:
      return { message: "resume-ack", value };
    default:
      return { message: "switchover-ack" };
  }
}

function readBitmap(window: Window): Uint8Array {
  const at = window.offset;
  const bitmap = window.take(window.size64()).slice();
  if (window.be64() !== BITMAP_END) window.fail("bad-value", at, "A bitmap of received pages does not end with its mark.");
  return bitmap;
}

export function writeShut(out: Out, error: number): void {
  writeHead(out, NUMBERS.shut, 4);
  out.be32(error);
}

export function writePong(out: Out, value: number): void {
  writeHead(out, NUMBERS.pong, 4);
  out.be32(value);
}

export function writeRequest(out: Out, block: string | undefined, offset: number, length: number): void {
  if (block === undefined) writeHead(out, NUMBERS.reqPages, 12);
  else writeHead(out, NUMBERS.reqPagesId, 13 + block.length);
  out.be64(offset);
  out.be32(length);
  if (block !== undefined) out.name(block);
}

export function writeReceived(out: Out, block: string, bitmap: Uint8Array): void {
  writeHead(out, NUMBERS.recvBitmap, 1 + block.length);
  out.name(block);
  out.be64(bitmap.length);
  out.put(bitmap);
  out.be64(BITMAP_END);
}

export function writeResumeAck(out: Out): void {
  writeHead(out, NUMBERS.resumeAck, 4);
  out.be32(1);
}

function writeHead(out: Out, number: number, length: number): void {
  out.be16(number);
  out.be16(length);
}
