import { StreamError } from "./errors.ts";
import { Window } from "./window.ts";

// What the payloads of commands and of the return path's messages say. A payload is its fields, and nothing behind them.

/** `zero` is a byte that is always 0; `ranges` are pairs of a start and a length, up to the payload's end. */
export type PayloadKind = "be32" | "be64" | "name" | "zero" | "ranges";

export interface PayloadField {
  readonly key: string;
  readonly kind: PayloadKind;
}

export interface AddressRange {
  readonly start: number;
  readonly length: number;
}

export type Decoded = Readonly<Record<string, number | string | readonly AddressRange[]>>;

/** By command; a command that has no fields is not listed. FORMAT.md, commands. */
export const COMMAND_FIELDS: ReadonlyMap<string, readonly PayloadField[]> = new Map([
  ["ping", [{ key: "value", kind: "be32" }]],
  // Of host pages: all blocks' sizes, ORed.
  ["postcopy-advise", [field("pageSizes", "be64"), field("targetPageSize", "be64")]],
  ["postcopy-ram-discard", [field("version", "zero"), field("block", "name"), field("end", "zero"), field("ranges", "ranges")]],
  ["packaged", [field("bytes", "be32")]],
  ["recv-bitmap", [field("block", "name")]],
]);

/** Messages of the return path by number; 0 is never sent. FORMAT.md, return path. */
export const MESSAGES: readonly { readonly name: string; readonly fields: readonly PayloadField[] }[] = [
  { name: "invalid", fields: [] },
  { name: "shut", fields: [field("error", "be32")] },
  { name: "pong", fields: [field("value", "be32")] },
  { name: "req-pages-id", fields: [field("offset", "be64"), field("length", "be32"), field("block", "name")] },
  { name: "req-pages", fields: [field("offset", "be64"), field("length", "be32")] },
  { name: "recv-bitmap", fields: [field("block", "name")] },
  { name: "resume-ack", fields: [field("value", "be32")] },
  { name: "switchover-ack", fields: [] },
];

function field(key: string, kind: PayloadKind): PayloadField {
  return { key, kind };
}

const READ: Readonly<Record<PayloadKind, (window: Window) => Decoded[string]>> = {
  be32: (window) => window.be32(),
  be64: (window) => window.size64(),
  name: (window) => window.name(),
  zero: (window) => (window.u8() === 0 ? 0 : window.fail("bad-value", window.offset - 1, "A byte that is always 0 is not.")),
  ranges: (window) => {
    const ranges: AddressRange[] = [];
    do ranges.push({ start: window.size64(), length: window.size64() });
    while (window.left > 0);
    return ranges;
  },
};

/** What a payload says; nothing where its bytes are not just these fields, so that the same bytes can be made of the answer. */
export function decodePayload(fields: readonly PayloadField[], payload: Uint8Array): Decoded | undefined {
  const window = new Window(payload.length, payload.slice());
  window.end = payload.length;
  window.isAll = true;
  const decoded: Record<string, Decoded[string]> = {};
  try {
    for (const { key, kind } of fields) {
      const value = READ[kind](window);
      if (kind !== "zero") decoded[key] = value;
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    return undefined;
  }
  return window.left === 0 ? decoded : undefined;
}
