import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import type { Wire } from "../read/wires.ts";
import { readStream } from "../read-stream.ts";
import { Summary } from "../summary.ts";
import { collect } from "./collected.ts";
import { decode, decodeBytes, encode, pipeOf } from "./round-trip.ts";

// What real QEMUs said on the connections beside the main one: fixtures/README.md.

const FOLDER = join(import.meta.dirname, "../../../fixtures/streams");
const NAMES = readdirSync(FOLDER).filter((name) => !name.endsWith(".mig.gz"));

const stream = (name: string): Uint8Array => gunzipSync(readFileSync(join(FOLDER, name)));

function wireOf(name: string): { as?: Wire } {
  if (name.endsWith("return-path.gz")) return { as: "return-path" };
  if (name.endsWith(".preempt.gz")) return { as: "preempt" };
  return name.endsWith(".recovery.gz") ? { as: "recovery" } : {};
}

test("there are channels of every build, and every other connection", () => {
  const kinds = new Set(NAMES.map((name) => `${name.split("-", 1)[0]} ${wireOf(name).as ?? "multifd"}`));
  for (const build of ["5.2", "7.2", "10.0"]) expect(kinds).toContain(`${build} multifd`);
  for (const wire of ["return-path", "preempt", "recovery"]) expect([...kinds].some((kind) => kind.endsWith(` ${wire}`))).toBe(true);
});

test.each(NAMES)("%s comes back from its document, from a file and from a pipe, and nothing is wrong with it", (name) => {
  const bytes = stream(name);
  for (const decoded of [decodeBytes(bytes, wireOf(name)), decode(pipeOf(bytes), wireOf(name))]) {
    expect(decoded.problems).toEqual([]);
    expect(decoded.bytes).toBe(bytes.length);
    expect(Buffer.compare(encode(decoded.items), bytes)).toBe(0);
  }
});

function summaryOf(name: string): Summary {
  const summary = new Summary();
  readStream(sourceOfBytes(stream(`${name}.gz`)), summary, { payloads: false, ...wireOf(`${name}.gz`) });
  return summary;
}

describe("a summary", () => {
  test("of a channel counts packets and pages, packed or not", () => {
    const packed = summaryOf("5.2-pc-i440fx-2.12-multifd-zlib.channel-0");
    const counts = { channel: 0, packets: 10, pages: 38, zeroPages: 0, compressions: new Set(["zlib"]), devices: 0 };
    expect(packed.wire.channel).toMatchObject(counts);
    expect(packed.blocks.get("pc.ram")).toMatchObject({ length: undefined, pages: { compressed: 37, multifd: 0, zero: 0 } });
    const plain = summaryOf("10.0-pc-i440fx-10.0-multifd.channel-1");
    expect(plain.wire.channel?.zeroPages).toBe([...plain.blocks.values()].reduce((sum, { pages }) => sum + pages.zero, 0));
    expect(plain.bytes.ram).toBe((plain.wire.channel?.pages ?? 0) * 4096);
  });

  test("of a return path counts messages, and what was asked for", () => {
    const { returnPath } = summaryOf("10.0-pc-i440fx-10.0-postcopy-recovery.recovery-return-path").wire;
    expect([...(returnPath?.messages.keys() ?? [])]).toEqual(["recv-bitmap", "resume-ack", "req-pages-id", "req-pages", "shut"]);
    expect(returnPath).toMatchObject({ error: 0, requested: expect.any(Number) });
  });
});

describe("a stream that begins behind an offset of its file", () => {
  const inFile = stream("10.0-pc-i440fx-10.0-mapped-ram-offset.mig.gz");
  const offset = 4096;

  test("has the file's offsets, also in the heads of its blocks", () => {
    const { items, problems } = collect(inFile, { offset, limit: 1 << 26 });
    expect(problems).toEqual([]);
    expect(items[0]).toMatchObject({ item: "header", at: offset });
    const block = items.find((item) => "item" in item && item.item === "ram-block");
    expect(block).toMatchObject({ mapped: { bitmapOffset: block === undefined ? 0 : block.at + block.bytes } });
  });

  test("is the same without a file's end to look at, and from its document", () => {
    const read = (source: ReturnType<typeof pipeOf>) => {
      let text = "";
      const summary = new Summary();
      readStream(source, summary, { payloads: true, offset });
      text += JSON.stringify([summary.bytes, [...summary.blocks.values()], summary.problems]);
      return text;
    };
    expect(read(pipeOf(inFile))).toBe(read(sourceOfBytes(inFile)));
  });

  test("is no stream from the file's first byte on", () => {
    expect(collect(inFile).problems).toMatchObject([{ code: "not-a-stream", at: 0 }]);
    expect(collect(inFile, { offset: inFile.length + 1 }).problems).toMatchObject([{ code: "truncated", at: inFile.length }]);
  });
});
