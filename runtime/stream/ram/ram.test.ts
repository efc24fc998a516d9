import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import { Contents } from "../diff/contents.ts";
import { diffStreams } from "../diff/diff-streams.ts";
import type { Difference } from "../diff/difference.ts";
import { RamContents } from "../diff/ram-contents.ts";
import { Out } from "../out.ts";
import { readStream } from "../read-stream.ts";
import { FinalRam } from "../rewrite/final-ram.ts";
import { PlainRam } from "../rewrite/plain-ram.ts";
import { Rewriter } from "../rewrite/rewriter.ts";
import { Summary } from "../summary.ts";
import { Extractor } from "./extractor.ts";
import { PageStore } from "./page-store.ts";

const stream = (name: string): Buffer => gunzipSync(readFileSync(`fixtures/streams/${name}.mig.gz`));
const XBZRLE = "5.2-pc-i440fx-2.12-xbzrle";
const COMPRESS = "5.2-pc-i440fx-2.12-compress";
const PASSES = "7.2-pc-i440fx-2.12-passes";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "vmstate-ram-test-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function store(): PageStore {
  const path = folder();
  let files = 0;
  const made = new PageStore(
    () => join(path, `${files++}`),
    ({ message }) => expect.fail(message),
  );
  onTestFinished(() => made.close());
  return made;
}

function extract(bytes: Uint8Array): { readonly path: string; readonly extractor: Extractor } {
  const path = folder();
  const extractor = new Extractor(path);
  readStream(sourceOfBytes(bytes), extractor, { payloads: true });
  extractor.close();
  return { path, extractor };
}

function rewrite(bytes: Uint8Array, how: "plain" | "final"): Buffer {
  const pieces: Buffer[] = [];
  const out = new Out((piece) => pieces.push(Buffer.from(piece)));
  const ram = how === "plain" ? new PlainRam(store()) : new FinalRam(store());
  const rewriter = new Rewriter(out, { set: [], dropSections: [], dropSubsections: [], ram: how }, ram);
  readStream(sourceOfBytes(bytes), rewriter, { payloads: true });
  expect(rewriter.problems).toEqual([]);
  rewriter.end();
  out.flush();
  return Buffer.concat(pieces);
}

function pagesOf(bytes: Uint8Array): Summary {
  const summary = new Summary();
  readStream(sourceOfBytes(bytes), summary, { payloads: false });
  expect(summary.problems).toEqual([]);
  return summary;
}

function ramDifferences(a: Uint8Array, b: Uint8Array): Difference[] {
  const [inA, inB] = [a, b].map((bytes) => {
    const contents = new Contents(new RamContents(store()));
    readStream(sourceOfBytes(bytes), contents, { payloads: true });
    return contents;
  });
  const found: Difference[] = [];
  diffStreams(
    inA as Contents,
    inB as Contents,
    (difference) => found.push(difference),
    () => {},
  );
  return found.filter(({ difference }) => difference === "pages" || difference === "block");
}

test.each([
  [XBZRLE, "xbzrle"],
  [COMPRESS, "compressed"],
  [PASSES, "page"],
  ["10.0-pc-i440fx-2.12-mapped-ram", "mapped"],
] as const)("RAM of %s is the same in whatever form it is sent", (name, kind) => {
  const before = stream(name);
  expect(pagesOf(before).blocks.get("pc.ram")?.pages[kind]).toBeGreaterThan(0);
  const files = (bytes: Buffer) => {
    const { path, extractor } = extract(bytes);
    expect(extractor.problems).toEqual([]);
    return extractor.blocks.map(({ file, length }) => ({ file, length, data: readFileSync(join(path, file)).toString("base64") }));
  };
  const memory = files(before);
  expect(memory.map(({ file }) => file)).toContain("pc.ram.raw");
  for (const how of ["plain", "final"] as const) {
    const after = rewrite(before, how);
    const { pages, resent } = pagesOf(after).blocks.get("pc.ram") ?? expect.fail("There is no pc.ram.");
    expect([pages.xbzrle, pages.compressed]).toEqual([0, 0]);
    if (how === "final") expect(resent).toBe(0);
    expect(files(after)).toEqual(memory);
    expect(ramDifferences(before, after)).toEqual([]);
  }
});

test("a byte of a page is a difference of that page, and of none when the page is sent again", () => {
  const before = stream(PASSES);
  const records: { at: number; offset: number }[] = [];
  readStream(
    sourceOfBytes(before),
    {
      item: () => {},
      section: () => {},
      problem: () => {},
      page: ({ kind, from, to, offset, block, bytes, at }) => {
        if (kind === "page" && block === "pc.ram" && to - from === 4096) records.push({ at: at + bytes - 1, offset });
      },
    },
    { payloads: true },
  );
  const last = records.at(-1) ?? expect.fail("There are no pages.");
  const again = records.find(({ offset, at }) => at < last.at && offset === last.offset) ?? expect.fail("No page came again.");
  const changed = (at: number): Buffer => {
    const bytes = Buffer.from(before);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x40, at);
    return bytes;
  };
  expect(ramDifferences(before, changed(last.at))).toEqual([
    { difference: "pages", block: "pc.ram", offset: last.offset, pages: 1, pageSize: 4096 },
  ]);
  expect(ramDifferences(before, changed(again.at))).toEqual([]);
});

test("what is zero takes no space", () => {
  const { path } = extract(stream(PASSES));
  const { size, blocks } = statSync(join(path, "pc.ram.raw"));
  expect(size).toBe(2 << 20);
  expect(512 * blocks).toBeLessThan(size / 4);
});

test("a damaged page, or one outside of its block, is a problem, and not written", () => {
  const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  const word = (offset: number, flags: number): number[] => [...be32(0), ...be32(offset + flags)];
  const block = [1, "r".charCodeAt(0)];
  const bytes = Uint8Array.from([
    ...[...Buffer.from("QEVM"), ...be32(3), 1, ...be32(1), 3, ...Buffer.from("ram"), ...be32(0), ...be32(4)],
    ...[...word(0x2000, 4), ...block, ...be32(0), ...be32(0x2000)],
    ...[...word(0x0000, 0x40), ...block, 1, 0, 2, 0x7f, 0x00],
    ...[...word(0x1000, 0x120), ...be32(2), 0x78, 0x01],
    ...[...word(0x2000, 0x28), ...new Uint8Array(4096).fill(7)],
    ...[...word(0, 0x10), 0],
  ]);
  const { path, extractor } = extract(bytes);
  expect(extractor.problems.map(({ code }) => code)).toEqual(["bad-xbzrle", "bad-value", "outside-block"]);
  expect(readFileSync(join(path, "r.raw")).equals(Buffer.alloc(0x2000))).toBe(true);
});

test("post-copy sends pages behind the end of what is final, and is refused", () => {
  expect(() => rewrite(stream("7.2-pc-i440fx-7.2-postcopy"), "final")).toThrow(/post-copy begins/);
});
