import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-streams-"));
  for (const name of ["10.0-pc-i440fx-2.12-stopped.mig", "5.2-pc-i440fx-2.0-running.mig"])
    writeFileSync(join(folder, name), gunzipSync(readFileSync(`fixtures/streams/${name}.gz`)));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (of: string) => spawnSync(process.execPath, ["dist/streams.cjs", of], { encoding: "utf8" });

test("every stream of a folder comes back from its document byte by byte, and nothing is wrong with it", () => {
  const { status, stdout } = run(folder);
  expect(stdout).toMatch(
    /^2 of 2 identical, 2 of 2 rewritten the same, 2 of 2 verify clean from a file, 2 of 2 from a pipe; \d+ bytes in all\n$/,
  );
  expect(status).toBe(0);
});

test("a stream that ends too early is told", () => {
  writeFileSync(join(folder, "cut.mig"), readFileSync(join(folder, "10.0-pc-i440fx-2.12-stopped.mig")).subarray(0, 20_000));
  const { status, stdout } = run(folder);
  expect(stdout).toContain("2 of 3 verify clean");
  expect(status).toBe(1);
});

test("a folder without streams does not pass", () => {
  const { status, stdout } = run("bench/codec");
  expect(stdout).toContain("0 of 0 identical");
  expect(status).toBe(1);
});
