import { closeSync, existsSync, mkdtempSync, openSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const DENSITIES = [0.1, 1, 10, 50, 100] as const;
/** How often, and how many bytes at a time, a page has changed. */
export const CHANGES = [
  { name: "few", runs: 4, bytes: 8 },
  { name: "some", runs: 40, bytes: 8 },
  { name: "many", runs: 300, bytes: 4 },
] as const;
/** Of a guest of 1 GiB; so many different ones that the processor does not learn them by heart. */
export const BITS = 1 << 18;
export const BITMAPS = 16;
export const PAIRS = 64;
const PAGE = 0x1000;

/** Works on one and the same data, ours and the peer's. */
export interface Inputs {
  readonly folder: string;
  readonly bitmap: (density: number) => string;
  readonly pairs: (name: string) => string;
  /** 256 KiB of noise. */
  readonly pages: string;
  /** 512 MiB, in memory where the system has a place for that. */
  readonly large: string;
  readonly largeBytes: number;
}

export function writeInputs(): Inputs {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "vmstate-bench-ram-"));
  const random = noise();
  const bitmap = (density: number): string => join(folder, `bits-${density}`);
  const pairs = (name: string): string => join(folder, `pairs-${name}`);
  for (const density of DENSITIES) {
    const bits = new Uint8Array((BITS / 8) * BITMAPS);
    for (let bit = 0; bit < BITS * BITMAPS; bit++)
      if (random() % 1000 < density * 10) bits[bit >> 3] = (bits[bit >> 3] as number) | (1 << (bit & 7));
    writeFileSync(bitmap(density), bits);
  }
  for (const { name, runs, bytes } of CHANGES) {
    const pages: Uint8Array[] = [];
    for (let i = 0; i < PAIRS; i++) {
      const before = Uint8Array.from({ length: PAGE }, random);
      const after = before.slice();
      for (let run = 0; run < runs; run++) {
        const at = random() % (PAGE - bytes);
        for (let j = at; j < at + bytes; j++) after[j] = random();
      }
      pages.push(before, after);
    }
    writeFileSync(pairs(name), Buffer.concat(pages));
  }
  const pages = join(folder, "pages");
  writeFileSync(pages, Uint8Array.from({ length: 1 << 18 }, random));
  const large = join(folder, "large");
  const chunk = Uint8Array.from({ length: 1 << 22 }, random);
  const largeBytes = 128 * chunk.length;
  const file = openSync(large, "w");
  for (let written = 0; written < largeBytes; written += chunk.length) writeSync(file, chunk);
  closeSync(file);
  return { folder, bitmap, pairs, pages, large, largeBytes };
}

/** The same numbers in every run: xorshift32, of which the upper bits are taken. */
function noise(): () => number {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 8;
  };
}
