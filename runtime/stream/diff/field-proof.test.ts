import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import type { Problem } from "../errors.ts";
import { readStream } from "../read-stream.ts";
import { Contents } from "./contents.ts";
import { diffStreams } from "./diff-streams.ts";
import type { Difference } from "./difference.ts";

// A byte of a device's state that was changed is found: diff names the one field that holds it, or the stream is refused at that byte.
const FLIPS = Number(process.env.VMSTATE_FLIPS ?? "300");
const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const STREAMS = ["5.2-pc-i440fx-2.12-all-subsections", "10.0-pc-i440fx-2.12-stopped", "7.2-pc-i440fx-2.0-running"];

test.each(STREAMS)("every byte of a device that is changed has a field, or is refused: %s", { timeout: 600_000 }, (name) => {
  const bytes = new Uint8Array(gunzipSync(readFileSync(`fixtures/streams/${name}.mig.gz`)));
  const before = contentsOf(bytes);
  const targets = [...before.sections.values()].flatMap(({ item }) => [
    { at: item.body.at, bytes: item.body.bytes },
    // Where only the next head tells a section's end, a head that is damaged is none.
    ...(item.framing === "description" ? [{ at: item.body.at - VERSION, bytes: VERSION }] : []),
  ]);
  const total = targets.reduce((sum, each) => sum + each.bytes, 0);
  const random = randomOf(SEED);
  const found = { field: 0, refused: 0 };
  for (let flip = 0; flip < FLIPS / STREAMS.length; flip++) {
    const at = nth(targets, random(total));
    const original = bytes[at] as number;
    bytes[at] = original ^ (1 + random(255));
    const verdict = judge(before, contentsOf(bytes), at);
    expect(verdict, `byte ${at} of ${name}, ${original} became ${bytes[at]}`).toMatch(/^(field|refused)$/);
    found[verdict as keyof typeof found]++;
    bytes[at] = original;
  }
  console.log(`flips: ${name}: ${found.field} named by their field, ${found.refused} refused at their offset`);
});

/** The last four bytes of a section's head. */
const VERSION = 4;

function contentsOf(bytes: Uint8Array): Contents {
  const contents = new Contents(undefined);
  readStream(sourceOfBytes(bytes), contents, { payloads: false });
  return contents;
}

function judge(a: Contents, b: Contents, at: number): string {
  const differences: Difference[] = [];
  const problems: Problem[] = [...b.problems];
  diffStreams(
    a,
    b,
    (difference) => differences.push(difference),
    (_side, problem) => problems.push(problem),
  );
  if (problems.length > 0) return problems[0]?.at === at ? "refused" : `refused at ${problems[0]?.at}: ${problems[0]?.message}`;
  const [only, more] = differences;
  if (only === undefined || more !== undefined) return JSON.stringify(differences);
  if (!("b" in only) || typeof only.b !== "object" || only.b === null || !("at" in only.b)) return JSON.stringify(only);
  const { at: from, bytes } = only.b as { readonly at: number; readonly bytes: number };
  return at >= from && at < from + bytes ? "field" : JSON.stringify(only);
}

function nth(ranges: readonly { readonly at: number; readonly bytes: number }[], index: number): number {
  let left = index;
  for (const { at, bytes } of ranges) {
    if (left < bytes) return at + left;
    left -= bytes;
  }
  throw new RangeError(`${index} is behind the last.`);
}

function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
