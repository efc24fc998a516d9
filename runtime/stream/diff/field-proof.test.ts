import { expect, test } from "vitest";
import { changesIn, contentsOf, holdsByte, nthByte } from "../proof/changed-byte.ts";
import { fixture } from "../proof/fixtures.ts";
import type { Contents } from "./contents.ts";

// A byte of a device's state that was changed is found: diff names the one field that holds it, or the stream is refused at that byte.
const FLIPS = Number(process.env.VMSTATE_FLIPS ?? "300");
const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const STREAMS = ["5.2-pc-i440fx-2.12-all-subsections", "10.0-pc-i440fx-2.12-stopped", "7.2-pc-i440fx-2.0-running"];

test.each(STREAMS)("every byte of a device that is changed has a field, or is refused: %s", { timeout: 600_000 }, (name) => {
  const bytes = fixture(name);
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
    const at = nthByte(targets, random(total));
    const original = bytes[at] as number;
    bytes[at] = original ^ (1 + random(255));
    const verdict = judge(before, contentsOf(bytes), at);
    expect(verdict, `VMSTATE_SEED=${SEED}: byte ${at} of ${name}, ${original} became ${bytes[at]}`).toMatch(/^(field|refused)$/);
    found[verdict as keyof typeof found]++;
    bytes[at] = original;
  }
  console.log(`flips: ${name}: ${found.field} named by their field, ${found.refused} refused at their offset`);
});

/** The last four bytes of a section's head. */
const VERSION = 4;

function judge(a: Contents, b: Contents, at: number): string {
  const { differences, problems } = changesIn(a, b);
  if (problems.length > 0) return problems[0]?.at === at ? "refused" : `refused at ${problems[0]?.at}: ${problems[0]?.message}`;
  const [only, more] = differences;
  return more === undefined && holdsByte(only, at) ? "field" : JSON.stringify(differences);
}

function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
