import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import type { Problem } from "../errors.ts";
import type { Sink } from "../read/context.ts";
import { readStream } from "../read-stream.ts";
import { bytesOf } from "./bytes-of.ts";
import { Coverage } from "./coverage.ts";
import { describedStream } from "./described.ts";
import { DEVICE, OLD_STYLE } from "./devices.ts";
import { fixture, NEW, OLD } from "./fixtures.ts";
import { GOLDEN } from "./golden.ts";
import { decodeBytes, MEMORY, pipeOf } from "./round-trip.ts";

/** Every offset of all in the long run; in a short one every offset of the small ones, and every so many of the real ones. */
const STEP = process.env.VMSTATE_TRUNCATIONS === "all" ? 1 : 7;

const streams = [
  ...GOLDEN.map(({ name, bytes }) => ({ name, bytes: bytesOf(bytes), step: 1 })).filter(({ bytes }) => bytes.length < 1 << 16),
  { name: "described", bytes: describedStream([DEVICE, OLD_STYLE]), step: 1 },
  { name: OLD, bytes: fixture(OLD), step: STEP },
  { name: NEW, bytes: fixture(NEW), step: STEP },
];

/** What is wrong with a stream; every byte of it is in an item. */
function problemsOf(bytes: Uint8Array, isPipe: boolean): readonly Problem[] {
  const problems: Problem[] = [];
  const nothing = (): void => {};
  const sink: Sink = { item: nothing, section: nothing, page: nothing, problem: (problem) => problems.push(problem) };
  const coverage = new Coverage(sink);
  readStream(isPipe ? pipeOf(bytes) : sourceOfBytes(bytes), coverage, { payloads: true, memory: MEMORY });
  expect(coverage.end).toBe(bytes.length);
  return problems;
}

test.each(streams)("$name, cut anywhere, is said to end there", ({ bytes, step }) => {
  const whole = decodeBytes(bytes);
  const isKnown = ({ code, at }: Problem) => whole.problems.some((other) => other.code === code && other.at === at);
  const description = whole.items.find(({ item }) => item === "description")?.at;
  const hasFooters = whole.items.some(({ item }) => item === "footer");
  const cuts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, nth) => nth * step);
  const wrong = cuts.flatMap((end) =>
    [false, true].flatMap((isPipe) => {
      const problems = problemsOf(bytes.subarray(0, end), isPipe).filter((each) => !isKnown(each));
      const [first] = problems;
      const isSaid = problems.length === 1 && first?.code === "truncated" && first.at === end;
      // What ends in a zero may have ended there: the stream, of which a footer is damaged then, or without footers the section.
      const isVague = bytes[end - 1] === 0 && (first === undefined ? !hasFooters : first.code === "unframed" && first.path !== "");
      return isSaid || isVague || (end === description && first === undefined) ? [] : [{ end, isPipe, problems }];
    }),
  );
  expect(wrong.slice(0, 3)).toEqual([]);
});
