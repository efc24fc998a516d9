import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addStream, beginFolder, keepLastOfEach, tried } from "./made-streams.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-made-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = (file: string, what: string) => ({ file, build: "5.2", machine: "pc", what });
const index = () =>
  readFileSync(join(folder, "index.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each));

test("the index has the last line of each file, and begins anew with the whole folder", () => {
  beginFolder(folder, true);
  addStream(folder, line("a.mig", "once"), Uint8Array.of(1));
  addStream(folder, line("b.mig", "once"), Uint8Array.of(1));
  beginFolder(folder, false);
  addStream(folder, line("a.mig", "again"), Uint8Array.of(1, 2));
  keepLastOfEach(folder);
  expect(index()).toEqual([
    { ...line("a.mig", "again"), bytes: 2 },
    { ...line("b.mig", "once"), bytes: 1 },
  ]);
  expect([...readFileSync(join(folder, "a.mig"))]).toEqual([1, 2]);
  beginFolder(folder, true);
  addStream(folder, line("c.mig", "once"), Uint8Array.of(1));
  expect(index()).toEqual([{ ...line("c.mig", "once"), bytes: 1 }]);
});

/** Fails until it has been called that often. */
function failing(times: number): () => Promise<void> {
  let called = 0;
  return async () => {
    if (called++ < times) throw new Error("It fails.");
  };
}

test("what fails is tried again, as often as is said, unless the build lacks it", async () => {
  const never = () => false;
  expect(await tried("case", 3, failing(2), never)).toBe("made");
  expect(await tried("case", 2, failing(2), never)).toBe("failed");
  expect(await tried("case", 2, failing(1), () => true)).toBe("lacking");
  expect(await tried("case", 2, failing(1), (_error, isLast) => isLast)).toBe("made");
  expect(await tried("case", 2, failing(2), (_error, isLast) => isLast)).toBe("lacking");
});
