import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import { RAM, TYPE } from "../format.ts";
import { Out } from "../out.ts";
import { RamDigests } from "../ram/ram-digests.ts";
import { readStream } from "../read-stream.ts";
import { Summary } from "../summary.ts";
import type { Sink } from "./context.ts";

const PAGE = 4096;

/** A stream of one block and its pages, given by their numbers; one that is no neighbour of the one before breaks a series. */
function streamOf(pages: readonly number[], length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const out = new Out((bytes) => parts.push(bytes.slice()));
  out.be32(0x5145564d);
  out.be32(3);
  out.u8(TYPE.start);
  out.be32(2);
  out.name("ram");
  out.be32(0);
  out.be32(4);
  out.word(length, RAM.size);
  out.name("pc.ram");
  out.be64(length);
  for (const [nth, page] of pages.entries()) {
    out.word(page * PAGE, RAM.page | (nth === 0 ? 0 : RAM.sameBlock));
    if (nth === 0) out.name("pc.ram");
    out.put(new Uint8Array(PAGE).fill(page));
  }
  out.word(0, RAM.eos);
  out.u8(TYPE.eof);
  out.flush();
  return Buffer.concat(parts);
}

function summaryOf(bytes: Uint8Array, how: "series" | "one by one", isPipe: boolean, digests?: RamDigests): Summary {
  const summary = new Summary(digests);
  const { item, section, page, problem } = summary;
  const sink: Sink = how === "series" ? summary : { item, section, page, problem };
  const source = sourceOfBytes(bytes);
  readStream(
    isPipe ? { read: source.read } : source,
    sink,
    digests === undefined ? { payloads: false } : { payloads: true, memory: digests.memory },
  );
  summary.end();
  return summary;
}

const facts = ({ bytes, blocks, sections, problems }: Summary): unknown =>
  JSON.parse(JSON.stringify({ bytes, blocks: [...blocks.values()], sections, problems: problems.map(({ code, at }) => [code, at]) }));

const COUNT = 700;
const IN_ORDER = Array.from({ length: COUNT }, (_, nth) => nth);

test.each([
  ["in order, over several windows", IN_ORDER, COUNT],
  ["with gaps and returns", [0, 1, 2, 5, 6, 3, 4, 5, 6, 7, 7, 8, 9], 16],
  ["beyond the block's end", [12, 13, 14, 15, 16, 17], 16],
  ["a single one", [3], 16],
])("pages %s are summed up alike, at once and one by one", (_, pages, blockPages) => {
  const bytes = streamOf(pages, blockPages * PAGE);
  const expected = facts(summaryOf(bytes, "one by one", false));
  for (const isPipe of [false, true]) expect(facts(summaryOf(bytes, "series", isPipe))).toEqual(expected);
  const digested = facts(summaryOf(bytes, "one by one", false, new RamDigests()));
  for (const isPipe of [false, true]) expect(facts(summaryOf(bytes, "series", isPipe, new RamDigests()))).toEqual(digested);
  expect(JSON.stringify(digested)).toContain('"digest":');
  expect(summaryOf(bytes, "series", false).blocks.get("pc.ram")?.pages.page).toBe(pages.length);
});

test("a stream that ends within a series ends where it does one by one", () => {
  const bytes = streamOf(IN_ORDER.slice(0, 40), COUNT * PAGE);
  for (const length of [bytes.length - 10, bytes.length - 5000, bytes.length - 9 - 4104 * 3, bytes.length - 9 - 4104 * 3 - 4]) {
    const cut = bytes.subarray(0, length);
    for (const isPipe of [false, true]) {
      const expected = facts(summaryOf(cut, "one by one", isPipe));
      expect(facts(summaryOf(cut, "series", isPipe))).toEqual(expected);
    }
  }
});

test("a series stops where the offset's high half changes", () => {
  const edge = 2 ** 32 / PAGE;
  const bytes = streamOf([edge - 2, edge - 1, edge, edge + 1], 2 ** 33);
  expect(facts(summaryOf(bytes, "series", false))).toEqual(facts(summaryOf(bytes, "one by one", false)));
});
