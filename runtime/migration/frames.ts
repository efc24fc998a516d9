import type { Out } from "../stream/out.ts";
import type { Window } from "../stream/window.ts";
import type { Frame, Kind, Messages } from "./protocol.ts";

/** Begins every frame, and nothing that QEMU sends. */
const MARK = 0x564d5331;

/** Most bytes of a frame; metadata is the longest. */
export const LONGEST_FRAME = 1 << 24;

/** Those that a peer may send before anything is known of it. */
export const LONGEST_FIRST_FRAME = 1 << 16;

/** FORMAT.md, Move. */
export function writeFrame(out: Out, frame: Frame): void {
  const text = Buffer.from(JSON.stringify(frame));
  out.be32(MARK);
  out.be32(text.length);
  out.put(text);
}

type Form = "string" | "number" | "boolean" | "object" | "list";
const REASON = { code: "string", phase: "string", path: "string", message: "string" } as const;

/** Members that each kind has to have; what is within lists and objects is looked at by whoever uses it. */
const MEMBERS: { readonly [K in Kind]: { readonly [M in keyof Messages[K]]?: Form } } = {
  hello: { protocol: "string", move: "string", machine: "string", blocks: "list", capabilities: "object", runs: "boolean", boot: "string" },
  "metadata?": {},
  metadata: { text: "string" },
  accept: { boot: "string" },
  refuse: REASON,
  join: { move: "string", channel: "number" },
  again: { move: "string", purpose: "string" },
  ready: { spans: "list" },
  grant: {},
  ask: {},
  cancel: {},
  running: { spans: "list", at: "number" },
  "running-postcopy": { spans: "list", at: "number" },
  abort: REASON,
};

function hasForm(value: unknown, form: Form): boolean {
  return form === "list" ? Array.isArray(value) : typeof value === form && value !== null;
}

/** Whether a frame comes next: nothing of a stream or of a return path begins with its first byte. */
export function isFrame(window: Window): boolean {
  return window.peek() === MARK >>> 24;
}

/** Reads a frame of one of these kinds. Throws StreamError. */
export function readFrame<K extends Kind>(
  window: Window,
  kinds: readonly K[],
  longest = LONGEST_FRAME,
): Extract<Frame, { readonly kind: K }> {
  const at = window.offset;
  window.path = "frame";
  const mark = window.be32();
  if (mark !== MARK) window.fail("not-a-stream", at, `A frame is expected here, which begins otherwise: the other side is none of ours.`);
  const length = window.be32();
  if (length > longest) window.fail("limit", at + 4, `A frame has ${length} bytes, more than the limit of ${longest}.`);
  const frame = parsed(window.text(length));
  const kind = frame?.kind;
  if (typeof kind !== "string" || !Object.hasOwn(MEMBERS, kind))
    window.fail("unknown-message", at, "A frame is no message of this protocol.");
  if (!kinds.includes(kind as K))
    window.fail("unknown-message", at, `The message '${kind}' comes where ${kinds.join(" or ")} is expected.`);
  for (const [member, form] of Object.entries(MEMBERS[kind as Kind]) as [string, Form][])
    if (!hasForm((frame as Readonly<Record<string, unknown>>)[member], form))
      window.fail("unknown-message", at, `The message '${kind}' has no member '${member}' that is a ${form}.`);
  window.path = "";
  return frame as Extract<Frame, { readonly kind: K }>;
}

function parsed(text: string): { readonly kind?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "latin1").toString("utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
