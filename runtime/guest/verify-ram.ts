import { allWork, guestPage, workOf } from "./guest-page.ts";
import type { BadPage, Verdict } from "./guest-truth.ts";
import { checkPage, type Fill, fillPage, PAGE_SIZE, PAGE_WORDS } from "./page-pattern.ts";
import { pagesOf, type WorkOptions } from "./work.ts";
import { workloadOf } from "./workload/index.ts";

export interface VerifyOptions {
  /** The main block, without what lies behind it. */
  readonly ram: Uint8Array;
  readonly fill: Fill;
  readonly work: WorkOptions;
  /** How often each page was written to. */
  readonly truth: Uint32Array;
  /** Whether a page for which that is 0 may have been written to where the guest came from. */
  readonly isPartial: boolean;
}

/** Most that are told one by one. */
const MOST = 100;

/** Holds each page of the main block, but for the guest's own, against what the guest has done. It must stand still. */
export function verifyRam(options: VerifyOptions): Verdict {
  const { ram, work } = options;
  const pages = ram.length / PAGE_SIZE;
  const check = workloadOf(work.workload).store === "byte" ? checkBytes(options) : checkPages(options);
  const bad: BadPage[] = [];
  let badPages = 0;
  for (let page = 1; page < pages; page++) {
    const wrong = check.page(page);
    if (wrong === undefined) continue;
    badPages++;
    if (bad.length < MOST) bad.push({ page, ...wrong });
  }
  return { pages: pages - 1, bad, badPages, lostWrites: check.lostWrites() };
}

interface Check {
  readonly page: (page: number) => Omit<BadPage, "page"> | undefined;
  readonly lostWrites: () => bigint;
}

function checkPages({ ram, fill, truth, isPartial, work: { workingSet } }: VerifyOptions): Check {
  const words = new Uint32Array(ram.buffer, ram.byteOffset, ram.length / 4);
  let shown = 0;
  return {
    page: (page) => {
      const at = page * PAGE_WORDS;
      const found = words[at] as number;
      shown += found;
      const known = truth[page] as number;
      const isWorkedOn = page >= workingSet.first && page < workingSet.first + workingSet.pages;
      const expected = known === 0 && isPartial && isWorkedOn ? found : known;
      const why = checkPage(words, at, page, expected, fill);
      return why === undefined ? undefined : { why, found, expected };
    },
    lostWrites: () => allWork(guestPage(ram.buffer)) - BigInt(shown),
  };
}

function checkBytes({ ram, fill, work }: VerifyOptions): Check {
  const { workingSet, writers } = work;
  const page0 = guestPage(ram.buffer);
  const expectedPage = new Uint32Array(PAGE_WORDS);
  const expectedBytes = Buffer.from(expectedPage.buffer);
  return {
    page: (page) => {
      fillPage(expectedPage, 0, page, fill);
      const place = page - workingSet.first;
      if (place >= 0 && place < workingSet.pages) {
        const [writer, turn] = [place % writers, Math.floor(place / writers)];
        const own = pagesOf(work, writer);
        const done = workOf(page0, writer);
        expectedBytes[0] = Math.floor(done / own) + (turn < done % own ? 1 : 0);
      }
      const held = ram.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
      if (expectedBytes.equals(held)) return undefined;
      const [found, expected] = [held[0] as number, expectedBytes[0] as number];
      if (found === expected || !expectedBytes.subarray(1).equals(held.subarray(1))) return { why: "damaged", found, expected };
      return { why: ((expected - found) & 0xff) < 128 ? "lost" : "ahead", found, expected };
    },
    lostWrites: () => 0n,
  };
}
