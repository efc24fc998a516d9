import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { PageKernel } from "../../ram/page-kernel.ts";
import { hashThreads } from "../proof/hash-threads.ts";
import { HashJobs, JOBS_BYTES, MOST_JOBS } from "./hash-jobs.ts";

const PAGE = 4096;
const PAGES = 8;

function newJobs(): { kernel: PageKernel; at: number; pages: number; jobs: HashJobs } {
  const kernel = new PageKernel({ bytes: JOBS_BYTES + 64 + PAGES * PAGE, shared: true });
  const at = kernel.take(JOBS_BYTES);
  const pages = kernel.take(PAGES * PAGE);
  for (let page = 0; page < PAGES; page++) kernel.bytes.fill(page + 1, pages + page * PAGE, pages + (page + 1) * PAGE);
  return { kernel, at, pages, jobs: new HashJobs(kernel, at) };
}

test("whoever adds jobs can do all of them, in any order, many times around", () => {
  const { kernel, pages, jobs } = newJobs();
  const expected = Array.from({ length: PAGES }, (_, page) => kernel.hash(pages + page * PAGE));
  for (let round = 0; round < 3 * MOST_JOBS; round += 2) {
    const first = jobs.add(pages, 2 * PAGE, PAGES / 2);
    const second = jobs.add(pages + PAGE, 2 * PAGE, PAGES / 2);
    const odd = [...kernel.wide.subarray(jobs.finish(second) / 8).subarray(0, PAGES / 2)];
    const even = [...kernel.wide.subarray(jobs.finish(first) / 8).subarray(0, PAGES / 2)];
    expect(even.flatMap((hash, nth) => [hash, odd[nth]])).toEqual(expected);
  }
});

test("another thread does them by itself, and goes at the end", async () => {
  const { kernel, at, pages, jobs } = newJobs();
  const thread = (await hashThreads())({ memory: kernel.memory, jobs: at });
  const ended = new Promise((resolve) => thread.once("exit", resolve));
  const job = jobs.add(pages, PAGE, PAGES);
  // Nothing here finishes the job.
  while (!kernel.wide.includes(kernel.hash(pages + (PAGES - 1) * PAGE))) await setTimeout(1);
  expect(kernel.wide[jobs.finish(job) / 8]).toBe(kernel.hash(pages));
  jobs.end();
  expect(await ended).toBe(0);
});
