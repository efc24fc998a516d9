import { expect, test } from "vitest";
import { DocumentWriter } from "../json/document-writer.ts";
import { readChunks } from "../read-stream.ts";
import { bytesOf } from "./bytes-of.ts";
import { describedStream } from "./described.ts";
import { DEVICE, OLD_STYLE } from "./devices.ts";
import { fixture, NEW, OLD } from "./fixtures.ts";
import { GOLDEN } from "./golden.ts";
import { decode, decodeBytes, encode, pipeOf } from "./round-trip.ts";

/** Without offsets, which the coverage holds against the bytes. */
function bare(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(bare);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).flatMap(([key, value]) => (key === "at" ? [] : [[key, bare(value)]])));
}

test.each(GOLDEN)("$name: read as its items, and written again from them", ({ bytes: text, items, problems = [] }) => {
  const bytes = bytesOf(text);
  for (const decoded of [decodeBytes(bytes), decode(pipeOf(bytes))]) {
    expect(decoded.items.map(bare)).toEqual([{ item: "header", version: 3 }, ...items]);
    expect(decoded.bytes).toBe(bytes.length);
    expect(decoded.problems.map(({ code }) => code)).toEqual(problems);
    expect(Buffer.compare(encode(decoded.items), bytes)).toBe(0);
  }
});

test.each([OLD, NEW])("%s comes back from its document, from a file and from a pipe", (name) => {
  const bytes = fixture(name);
  for (const decoded of [decodeBytes(bytes), decode(pipeOf(bytes))]) {
    expect(decoded.problems).toEqual([]);
    expect(Buffer.compare(encode(decoded.items), bytes)).toBe(0);
  }
});

test.each([1, 2, 7, 100, 4099])("pieces of %d bytes make the very same document", async (size) => {
  for (const bytes of [...GOLDEN.map((each) => bytesOf(each.bytes)), describedStream([DEVICE, OLD_STYLE]), fixture(OLD), fixture(NEW)]) {
    if (bytes.length > 1 << 17) continue;
    const text: string[] = [];
    const writer = new DocumentWriter((more) => text.push(more));
    await readChunks(piecesOf(bytes, size), writer, { payloads: true });
    writer.end();
    const whole = decode(pipeOf(bytes));
    expect(JSON.parse(text.join(""))).toMatchObject({ items: whole.items });
    expect(writer.problems.map(({ code, at }) => ({ code, at }))).toEqual(whole.problems.map(({ code, at }) => ({ code, at })));
  }
});

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
