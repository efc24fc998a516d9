import fc from "fast-check";
import { expect, test } from "vitest";
import { StreamError } from "../stream/errors.ts";
import { Out } from "../stream/out.ts";
import { Window } from "../stream/window.ts";
import { isFrame, LONGEST_FIRST_FRAME, readFrame, writeFrame } from "./frames.ts";
import type { Frame, Kind } from "./protocol.ts";

function windowOf(bytes: Uint8Array): Window {
  const window = new Window(1 << 20, Uint8Array.from(bytes));
  window.end = bytes.length;
  window.isAll = true;
  return window;
}

function written(frame: Frame): Uint8Array {
  const pieces: Uint8Array[] = [];
  const out = new Out((piece) => pieces.push(piece.slice()));
  writeFrame(out, frame);
  out.flush();
  return Buffer.concat(pieces);
}

const KINDS: readonly Kind[] = ["hello", "again", "join", "ready", "running", "abort", "grant"];

/** A frame with any JSON in it. */
const framed = (value: unknown): Uint8Array => written(value as Frame);

test("a frame begins with its mark and its length", () => {
  const bytes = written({ kind: "grant" });
  expect(Buffer.from(bytes).toString("hex")).toBe(`564d533100000010${Buffer.from(JSON.stringify({ kind: "grant" })).toString("hex")}`);
  expect(isFrame(windowOf(bytes))).toBe(true);
  expect(readFrame(windowOf(bytes), KINDS)).toEqual({ kind: "grant" });
});

test("a frame of another kind, too long, or that is none is refused in a sentence", () => {
  const refused = (bytes: Uint8Array, longest?: number): string => {
    try {
      readFrame(windowOf(bytes), KINDS, longest);
    } catch (error) {
      if (error instanceof StreamError) return error.message;
      throw error;
    }
    return "taken";
  };
  expect(refused(framed({ kind: "cancel" }))).toBe(
    "The message 'cancel' comes where hello or again or join or ready or running or abort or grant is expected.",
  );
  expect(refused(framed({ kind: "constructor" }))).toBe("A frame is no message of this protocol.");
  expect(refused(framed([]))).toBe("A frame is no message of this protocol.");
  expect(refused(framed({ kind: "join", move: "x" }))).toBe("The message 'join' has no member 'channel' that is a number.");
  expect(refused(framed({ kind: "running", at: 1, spans: {} }))).toBe("The message 'running' has no member 'spans' that is a list.");
  expect(refused(framed({ kind: "metadata", text: "x".repeat(1 << 17) }), LONGEST_FIRST_FRAME)).toContain("more than the limit of 65536");
  expect(refused(Buffer.from("QEVM\0\0\0\x03"))).toContain("none of ours");
});

test("whatever comes is a frame with its members, or refused", () => {
  fc.assert(
    fc.property(
      fc.record(
        { kind: fc.constantFrom(...KINDS, "other"), move: fc.jsonValue(), spans: fc.jsonValue(), at: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      (value) => {
        try {
          const frame = readFrame(windowOf(framed(value)), KINDS);
          if (frame.kind === "running") expect([Array.isArray(frame.spans), typeof frame.at]).toEqual([true, "number"]);
        } catch (error) {
          expect(error).toBeInstanceOf(StreamError);
        }
      },
    ),
  );
});
