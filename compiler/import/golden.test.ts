import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { fixture, TestFolder } from "./test-folder.ts";

const EXPECTED = "fixtures/import/expected";
const INPUTS = ["qemu-7.2.json", "qemu-10.0.json", "10.0-bridges.json", "10.0-ne2k.json"].map((name) => fixture(`import/${name}`));
const SCHEMA = "../../../compiler/schema/index.ts";

let folder = new TestFolder();
afterEach(() => {
  folder.remove();
  folder = new TestFolder();
});

/** The golden files use the language by its place in the package; in a folder elsewhere it is the package's own name. */
function expected(): Map<string, string> {
  const names = readdirSync(EXPECTED).sort();
  return new Map(names.map((name) => [name, readFileSync(join(EXPECTED, name), "utf8").replaceAll(SCHEMA, "vmstate/schema")]));
}

test("two builds and two streams give the golden files", () => {
  const { files, findings, undescribed } = folder.import(INPUTS);
  expect(new Map(files.map(({ path, text }) => [path, text]))).toEqual(expected());
  expect(findings).toEqual([]);
  expect(undescribed).toEqual(["slirp"]);
  expect(Object.keys(folder.compile().vmsds)).toHaveLength(13);
});

test("every mark of the golden files is told with its place", () => {
  const { marks } = folder.import(INPUTS);
  const written = [...folder.texts].flatMap(([path, text]) =>
    text.split("\n").flatMap((line, at) => (line.includes("// import:") ? [`${path}:${at + 1}`] : [])),
  );
  expect(marks.map(({ file, line }) => `${file}:${line}`).sort()).toEqual(written.sort());
  const at = Object.fromEntries(marks.map(({ path, sentence }) => [path, sentence]));
  expect(at["PCIDevice/config"]).toBe("One of two under this name is there; which, the metadata does not say.");
  expect(at["PIIX3/rcr/rcr"]).toBe("Kind by size alone: no stream shows it.");
  expect(at.timer).toBe("A stream does not tell the oldest version that is accepted; this is the oldest that was sent.");
  // A sentence over two lines is one.
  expect(at["PCIE_AER_ERROR_LOG/log"]).toMatch(/in which field of the state their number is, the metadata does not say\.$/);
});

test("one section is imported with what it holds, and nothing else", () => {
  folder.import(INPUTS, { sections: ["hpet"] });
  expect([...folder.texts.keys()]).toEqual(["hpet.ts"]);
  folder.import(INPUTS, { sections: ["i440FX"] });
  expect([...folder.texts.keys()].sort()).toEqual(["hpet.ts", "i440fx.ts", "pci-device.ts"]);
  expect(folder.import(INPUTS, { sections: ["hpte", "I440FX"] }).unknown).toEqual(["hpte"]);
});
