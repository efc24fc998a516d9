import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterAll, expect, test } from "vitest";
import { PageKernel } from "../../runtime/ram/page-kernel.ts";
import { RAM, TYPE } from "../../runtime/stream/format.ts";
import { Out } from "../../runtime/stream/out.ts";
import { HashJobs, JOBS_BYTES } from "../../runtime/stream/ram/hash-jobs.ts";
import { RamDigests } from "../../runtime/stream/ram/ram-digests.ts";
import { Summary } from "../../runtime/stream/summary.ts";
import { ROOT, runCli } from "../run-cli.ts";
import { processIo } from "../run-command.ts";
import { digestsOf } from "./digests-of.ts";
import { readInput } from "./read-input.ts";

const PAGE = 4096;
const folder = mkdtempSync(join(tmpdir(), "vmstate-digests-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A stream of one block, each page of it another; longer than the windows in which it is read. */
function writeStream(path: string, pages: number): void {
  const parts: Uint8Array[] = [];
  const out = new Out((bytes) => parts.push(bytes.slice()));
  out.be32(0x5145564d);
  out.be32(3);
  out.u8(TYPE.start);
  out.be32(2);
  out.name("ram");
  out.be32(0);
  out.be32(4);
  out.word(pages * PAGE, RAM.size);
  out.name("pc.ram");
  out.be64(pages * PAGE);
  const content = Buffer.alloc(PAGE, "vmstate");
  for (let page = 0; page < pages; page++) {
    out.word(page * PAGE, RAM.page | (page === 0 ? 0 : RAM.sameBlock));
    if (page === 0) out.name("pc.ram");
    content.writeUInt32LE(page);
    out.put(content);
  }
  out.word(0, RAM.eos);
  out.u8(TYPE.eof);
  out.flush();
  writeFileSync(path, Buffer.concat(parts));
}

async function summaryOf(path: string, digests: RamDigests): Promise<unknown> {
  const summary = new Summary(digests);
  await readInput(path, summary, { payloads: true, memory: digests.memory }, processIo());
  summary.end();
  const { bytes, blocks, problems } = summary;
  return { bytes, blocks: [...blocks.values()], problems: problems.map(({ code, at, message }) => ({ code, at, message })) };
}

test("a large file is summed up as a small one is, whole and cut", async () => {
  const path = join(folder, "whole.mig");
  writeStream(path, 6000);
  const whole = await summaryOf(path, new RamDigests());
  expect(whole).toMatchObject({ blocks: [{ pages: { page: 6000 }, digest: expect.any(String) }], problems: [] });
  // The first is large to it; for the second it is not.
  for (const large of [0, Number.POSITIVE_INFINITY]) expect(await summaryOf(path, await digestsOf(path, large))).toEqual(whole);
  truncateSync(path, 20_000_000);
  const cut = await summaryOf(path, new RamDigests());
  expect(cut).toMatchObject({ problems: [{ code: "truncated", at: 20_000_000 }] });
  expect(await summaryOf(path, await digestsOf(path, 0))).toEqual(cut);
});

test("the command says of a file with much behind the stream what it says of the stream", () => {
  const path = join(folder, "long.mig");
  writeStream(path, 3000);
  const blocks = (): unknown => JSON.parse(runCli("vmstate", ["stream", "info", "--digest", "--format", "json", path]).out).blocks;
  const alone = blocks();
  expect(alone).toMatchObject([{ digest: expect.any(String) }]);
  // A hole; with it the file is large enough for a second thread.
  truncateSync(path, 2 ** 29 + 1);
  expect(blocks()).toEqual(alone);
});

test("the thread as it was built hashes", async () => {
  const kernel = new PageKernel({ bytes: JOBS_BYTES + 64 + PAGE, shared: true });
  const at = kernel.take(JOBS_BYTES);
  const page = kernel.take(PAGE);
  const jobs = new HashJobs(kernel, at);
  const thread = new Worker(join(ROOT, "dist/hash-thread.cjs"), { workerData: { memory: kernel.memory, jobs: at }, execArgv: [] });
  const ended = new Promise((resolve) => thread.once("exit", resolve));
  jobs.add(page, PAGE, 1);
  while (!kernel.wide.includes(kernel.hash(page))) await setTimeout(1);
  jobs.end();
  expect(await ended).toBe(0);
});
