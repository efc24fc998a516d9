import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sha256 } from "./digest.ts";
import { readMetadataFile, readMetadataPair } from "./read-file.ts";

/** Lets files be written to a folder that is gone afterwards; gives their paths. */
function inFolder(use: (write: (name: string, bytes: Uint8Array | string) => string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-read-"));
  try {
    use((name, bytes) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const dumpOf = (type: string): string =>
  JSON.stringify({
    [type]: { Name: type, version_id: 1, minimum_version_id: 1, Description: { name: type, version_id: 1, minimum_version_id: 1 } },
  });

test("files that are read into the same memory keep their own text and digest", () => {
  inFolder((write) => {
    const files = [write("a", dumpOf("a")), write("b.gz", gzipSync(dumpOf("bb"))), write("c", dumpOf("Gerät")), write("d", dumpOf("d"))];
    const read = files.map((path) => readMetadataFile(path));
    expect(read.map(({ sections }) => [...sections.keys()])).toEqual([["a"], ["bb"], ["Gerät"], ["d"]]);
    expect(read.map(({ source }) => source.sha256())).toEqual(files.map((path) => sha256(readFileSync(path))));
  });
});

test("of two files the first one's fault is told", () => {
  inFolder((write) => {
    const [good, bad] = [write("good", dumpOf("a")), write("bad", "{")];
    expect(() => readMetadataPair(bad, "/none", {})).toThrow(/bad:1:2: /);
    expect(() => readMetadataPair("/none", bad, {})).toThrow(/^\/none: No such file/);
    expect(() => readMetadataPair(good, "/none", {})).toThrow(/^\/none: No such file/);
    expect([...readMetadataPair(good, good, {}).new.sections.keys()]).toEqual(["a"]);
  });
});
