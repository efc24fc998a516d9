import { mix } from "./mix.ts";

// What a page of a guest of our own holds. Every 512 bytes stands a record: how often the page was written to, its number, and at both ends of
// the 512 bytes a word that follows from them. The rest is as it was in the beginning. So a page tells of itself which write it holds, whether
// it holds all of it, and whether it lies in its place.

export const PAGE_SIZE = 4096;
export const PAGE_WORDS = PAGE_SIZE / 4;
const RECORD_WORDS = 128;

/** What pages hold that nobody wrote to: zeros, or what follows from a seed. */
export type Fill = { readonly with: "zero" } | { readonly with: "random"; readonly seed: number };

/** Writes to a page for the `sequence`th time; `at` is where it begins, in words. */
export function writePage(words: Uint32Array, at: number, page: number, sequence: number): void {
  const step = mix(sequence, page);
  for (let place = at, record = step; place < at + PAGE_WORDS; place += RECORD_WORDS, record = (record + step) | 0) {
    words[place] = sequence;
    words[place + 1] = page;
    words[place + 2] = record;
    words[place + RECORD_WORDS - 1] = ~record;
  }
}

/** Fills a page that nobody wrote to; where records come there are zeros. */
export function fillPage(words: Uint32Array, at: number, page: number, fill: Fill): void {
  words.fill(0, at, at + PAGE_WORDS);
  if (fill.with === "zero") return;
  let state = mix(fill.seed, page) | 1;
  for (let i = 0; i < PAGE_WORDS; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const place = i % RECORD_WORDS;
    if (place > 2 && place < RECORD_WORDS - 1) words[at + i] = state;
  }
}

/** It holds an earlier write or a later one, several at once, those to another page, or something else. */
export type Wrong = "lost" | "ahead" | "torn" | "misplaced" | "damaged";

/** What is wrong with a page that was written to `sequence` times; undefined when it is right. */
export function checkPage(words: Uint32Array, at: number, page: number, sequence: number, fill: Fill): Wrong | undefined {
  if (holds(words, at, page, sequence, fill)) return undefined;
  const [found, place] = [words[at] as number, words[at + 1] as number];
  for (let record = at; record < at + PAGE_WORDS; record += RECORD_WORDS)
    if (words[record] !== found || words[record + 1] !== place) return "torn";
  const isUnwritten = found === 0 && place === 0;
  if (!isUnwritten && place !== page) return holds(words, at, place, found, fill) ? "misplaced" : "damaged";
  // What is filled tells places apart as well.
  if (found === sequence || !holds(words, at, page, found, fill)) return "damaged";
  return found < sequence ? "lost" : "ahead";
}

const EXPECTED = new Uint32Array(PAGE_WORDS);

function holds(words: Uint32Array, at: number, page: number, sequence: number, fill: Fill): boolean {
  fillPage(EXPECTED, 0, page, fill);
  if (sequence > 0) writePage(EXPECTED, 0, page, sequence);
  for (let i = 0; i < PAGE_WORDS; i++) if (words[at + i] !== EXPECTED[i]) return false;
  return true;
}
