import { readFileSync } from "node:fs";
import { constants, deflateSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sourceOfBytes } from "./byte-source.ts";
import type { Problem } from "./errors.ts";
import { PacketInflater } from "./packet-inflater.ts";
import type { Sink } from "./read/context.ts";
import { readStream } from "./read-stream.ts";
import { UnpackedPages } from "./unpacked-pages.ts";

const channel = (name: string): Uint8Array => gunzipSync(readFileSync(new URL(`../../fixtures/streams/${name}.gz`, import.meta.url)));

interface Pages {
  /** By block and offset; one that comes again replaces the first. */
  readonly pages: Map<string, Uint8Array>;
  readonly zeros: Set<string>;
  readonly problems: Problem[];
}

function pagesOf(bytes: Uint8Array): Pages {
  const found: Pages = { pages: new Map(), zeros: new Set(), problems: [] };
  const sink: Sink = {
    item: () => {},
    section: () => {},
    page: ({ kind, block, offset, from, to }, bytes) => {
      if (kind === "zero") found.zeros.add(`${block} ${offset}`);
      else found.pages.set(`${block} ${offset}`, bytes.slice(from, to));
    },
    problem: (problem) => found.problems.push(problem),
  };
  readStream(sourceOfBytes(bytes), new UnpackedPages(sink), { payloads: true });
  return found;
}

describe.each(["5.2-pc-i440fx-2.12", "7.2-pc-i440fx-7.2", "10.0-pc-i440fx-10.0"])("pages that QEMU packed with zlib (%s)", (build) => {
  const all = [0, 1].map((id) => pagesOf(channel(`${build}-multifd-zlib.channel-${id}`)));

  test("are unpacked, all of them", () => {
    for (const { pages, problems } of all) {
      expect(problems).toEqual([]);
      expect(pages.size).toBeGreaterThan(0);
      for (const page of pages.values()) expect(page.length).toBe(4096);
    }
  });

  test("are the firmware that every such machine has", () => {
    const bios = all.flatMap(({ pages }) => [...pages]).filter(([name]) => name === "pc.bios 61440");
    expect(bios).toHaveLength(1);
    // The guest's ROM is the same in all streams: what a channel without compression has of it.
    const plain = ["10.0-pc-i440fx-10.0-multifd.channel-0", "10.0-pc-i440fx-10.0-multifd.channel-1"].map(
      (name) => pagesOf(channel(name)).pages,
    );
    expect(plain.some((pages) => Buffer.compare(pages.get("pc.bios 61440") ?? Buffer.of(), bios[0]?.[1] ?? Buffer.of()) === 0)).toBe(true);
  });
});

test("zero pages of 10.0 have only offsets, and are handed out as well", () => {
  expect(pagesOf(channel("10.0-pc-i440fx-10.0-multifd-zlib.channel-1")).zeros.size).toBeGreaterThan(0);
});

test("pages of zstd are told, once, and the rest is read", () => {
  const { pages, problems, zeros } = pagesOf(channel("10.0-pc-i440fx-10.0-multifd-zstd.channel-0"));
  expect(pages.size).toBe(0);
  expect(zeros.size).toBeGreaterThan(0);
  expect(problems).toMatchObject([
    { code: "unsupported", path: "multifd", message: "Pages are packed by zstd, which is not unpacked here." },
  ]);
});

describe("a packet inflater", () => {
  /** Pieces of one zlib stream, each flushed; they refer back as far as deflate may. */
  const pieces = [60_000, 20_000, 1, 40_000].map((length, piece) =>
    Buffer.from(Array.from({ length }, (_, at) => (at * at * (piece + 1)) >> 7)),
  );
  const upTo = (count: number): Uint8Array =>
    deflateSync(Buffer.concat(pieces.slice(0, count)), { finishFlush: constants.Z_SYNC_FLUSH, strategy: constants.Z_FIXED });

  test("knows what came before, and no more than it must", () => {
    const one = deflateSync(pieces[0] as Buffer, { finishFlush: constants.Z_SYNC_FLUSH });
    const inflater = new PacketInflater();
    expect(Buffer.from(inflater.inflate(one, 60_000)).equals(pieces[0] as Buffer)).toBe(true);
    expect(upTo(1).length).toBeGreaterThan(0);
  });

  test.each([
    [Buffer.from("no zlib at all"), 10, "it is no zlib stream"],
    [deflateSync("abc"), 4, "it comes to 3 bytes instead of 4"],
  ])("refuses what is none", (piece, bytes, message) => {
    expect(() => new PacketInflater().inflate(piece, bytes)).toThrow(message);
  });

  test("makes no more memory of a few bytes than the pages have", () => {
    const bomb = deflateSync(Buffer.alloc(1 << 24), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(() => new PacketInflater().inflate(bomb, 4096)).toThrow(/larger than 4096 bytes/);
  });
});
