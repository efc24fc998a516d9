import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const CORPUS = process.env.VMSTATE_CORPUS;

test.skipIf(CORPUS === undefined)(
  "every real stream comes back from its document byte by byte, and nothing is wrong with it",
  () => {
    const { status, stdout } = spawnSync(process.execPath, ["dist/streams.cjs", CORPUS ?? ""], { encoding: "utf8" });
    expect(stdout).toMatch(/^(\d+) of \1 identical, \1 of \1 verify clean from a file, \1 of \1 from a pipe; \d+ bytes in all\n$/);
    expect(status).toBe(0);
  },
  600_000,
);

test("a folder without streams does not pass", () => {
  const { status, stdout } = spawnSync(process.execPath, ["dist/streams.cjs", "bench/codec"], { encoding: "utf8" });
  expect(stdout).toContain("0 of 0 identical");
  expect(status).toBe(1);
});
