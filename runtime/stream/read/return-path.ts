import { decodePayload, MESSAGES } from "../payload-fields.ts";
import type { ReadWire } from "./context.ts";
import { type Context, report } from "./context.ts";

/** What stands behind a bitmap. */
export const BITMAP_END = 0x0123456789abcdefn;

const SHUT = 1;
const RECV_BITMAP = 5;

/** Reads what the destination sends back; it ends with SHUT, or wherever the connection broke. FORMAT.md, return path. */
export function readReturnPath(): ReadWire {
  let next: "message" | "bitmap" | "end" = "message";
  return (c) => {
    if (next === "end" || (next === "message" && c.window.peek() === undefined)) return false;
    if (next === "bitmap") {
      readBitmap(c);
      next = "message";
    } else {
      const message = readMessage(c);
      next = message === RECV_BITMAP ? "bitmap" : message === SHUT ? "end" : "message";
    }
    c.window.commit();
    return true;
  };
}

function readMessage(c: Context): number {
  const { window } = c;
  const at = window.offset;
  const message = window.be16();
  const length = window.be16();
  const payload = window.take(length).slice();
  const known = message === 0 ? undefined : MESSAGES[message];
  if (known === undefined) report(c, "unknown-message", at, "message", `The return path has the message ${message}, which does not exist.`);
  else if (decodePayload(known.fields, payload) === undefined)
    report(c, "bad-length", at + 2, `message/${known.name}`, `The ${length} bytes of the message ${known.name} are not its fields.`);
  c.sink.item({ item: "message", at, bytes: window.offset - at, message, payload });
  return message;
}

/** It lies outside of its message, which is too short for it. */
function readBitmap(c: Context): void {
  const { window } = c;
  const at = window.offset;
  window.path = "message/recv-bitmap";
  const length = window.size64();
  const bitmap = window.take(length);
  const mark = window.be64();
  if (length % 8 !== 0) report(c, "bad-length", at, window.path, `A bitmap has ${length} bytes, which are no words of 64 bits.`);
  if (mark !== BITMAP_END)
    report(c, "bad-value", window.offset - 8, window.path, `Behind a bitmap stands 0x${mark.toString(16)} instead of its end mark.`);
  window.path = "";
  c.sink.item({ item: "received-bitmap", at, bytes: window.offset - at, bitmap, mark });
}
