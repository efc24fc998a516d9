import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NEW, ROOT, type Run, runCli } from "../run-cli.ts";

const input = (name: string): string => join(ROOT, "fixtures/import", name);
const DUMP = input("qemu-10.0.json");
const STREAM = input("10.0-ne2k.json");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-import-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]): Run => runCli("vmstate", ["import", ...args], { cwd: folder });
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

test("descriptors are written, and written again they are the same", () => {
  const first = run("-o", "devices", "--section", "PIIX3", DUMP, STREAM);
  expect(first).toEqual({
    status: 0,
    err: "",
    out: `devices/pci-device.ts: written
devices/piix3.ts: written
needs a hand: devices/pci-device.ts:9: PCIDevice/config: One of two under this name is there; which, the metadata does not say.
needs a hand: devices/pci-device.ts:11: PCIDevice/config_1: Kind by size alone: no stream shows it.
needs a hand: devices/piix3.ts:14: PIIX3/rcr/rcr: Kind by size alone: no stream shows it.
not described: slirp: a section of the old style, which only the device's code knows
2 vmsds written, 0 additions, 0 contradictions, 3 places need a hand.
`,
  });
  const text = read("devices/piix3.ts");
  const second = run("-o", "devices", "--section", "PIIX3", DUMP, STREAM);
  expect(second.status).toBe(0);
  expect(second.out).toContain("0 vmsds written, 0 additions, 0 contradictions, 3 places need a hand.\n");
  expect(read("devices/piix3.ts")).toBe(text);
  expect(readdirSync(join(folder, "devices")).sort()).toEqual(["pci-device.ts", "piix3.ts"]);
});

test("--check writes nothing and fails while there is something to write", () => {
  const args = ["-o", "devices", "--section", "i440FX", DUMP];
  const pending = run("--check", ...args);
  expect(pending.status).toBe(1);
  expect(pending.out).toMatch(/^devices\/i440fx\.ts: would be written\n/);
  expect(readdirSync(folder)).toEqual([]);
  run(...args);
  expect(run("--check", ...args)).toMatchObject({ status: 0, err: "" });
});

test("a contradiction is reported with its place and gives 1", () => {
  run("-o", "devices", "--section", "I440FX", DUMP, STREAM);
  const text = read("devices/i440fx.ts").replace("unused(1)", "unused(2)");
  writeFileSync(join(folder, "devices/i440fx.ts"), text);
  const { status, out } = run("-o", "devices", "--section", "I440FX", DUMP, STREAM);
  expect(status).toBe(1);
  expect(out).toContain("devices/i440fx.ts:8:44: other-size: I440FX/unused: Field 'unused' has 2 bytes; in streams it has 1 byte.\n");
  expect(read("devices/i440fx.ts")).toBe(text);
});

test("--declared completes what is there and adds no section", () => {
  mkdirSync(join(folder, "devices"));
  writeFileSync(
    join(folder, "devices/piix.ts"),
    'import { vmsd } from "vmstate/schema";\nexport const piix = vmsd("PIIX3", { versionId: 1, minimumVersionId: 2, fields: {} });\n'.replace(
      "versionId: 1",
      "versionId: 2",
    ),
  );
  const { status, out } = run("-o", "devices", "--declared", DUMP, STREAM);
  expect({ status, out }).toMatchObject({ status: 0 });
  expect(readdirSync(join(folder, "devices")).sort()).toEqual(["pci-device.ts", "piix.ts"]);
  expect(read("devices/piix.ts")).toContain("pci_irq_levels_vmstate: since(3, array(int32, 4))");
});

test("the JSON has everything that the text has", () => {
  const { status, out } = run("-o", "devices", "--section", "hpet", "--json", DUMP, STREAM);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    schema: "vmstate-import/1",
    tool: { name: "vmstate" },
    check: false,
    files: [{ path: "devices/hpet.ts", new: true }],
    written: ["hpet_timer", "hpet"],
    added: [],
    findings: [],
    needsHand: [
      { file: "devices/hpet.ts", line: 19, path: "hpet/timer", message: expect.stringContaining("3 in streams") },
      { path: "hpet/rtc_irq_level/rtc_irq_level" },
      { path: "hpet/offset/hpet_offset" },
    ],
    undescribed: ["slirp"],
  });
});

test("a whole build is imported, and the compiler takes what comes out", () => {
  const { status, out } = run(NEW);
  expect(status).toBe(0);
  expect(out).toMatch(/\d+ vmsds written, 0 additions, 0 contradictions, \d+ places need a hand\.\n$/);
  expect(runCli("vmstate", ["compile", "-o", "gen", "machines/devices"], { cwd: folder }).err).toMatch(
    /^255 vmsds, 0 machine types: \d+ of \d+ files written\.\n$/m,
  );
});

test.each<[string, readonly string[], number, RegExp]>([
  ["no input", [], 2, /^vmstate import: At least one dump or stream is wanted\.\n/],
  ["standard input twice", ["-", "-"], 2, /^vmstate import: Standard input can be read only once\.\n/],
  ["a section that is not there", ["--section", "nothing", DUMP], 2, /^vmstate import: No input has a section 'nothing'\.\n/],
  ["an unknown option", ["--nothing", DUMP], 2, /^vmstate import: Unknown option '--nothing'\.\n/],
  ["a folder that is a file", ["-o", DUMP, DUMP], 2, /is a file; -o takes a folder\.\n/],
  ["a missing file", ["missing.json"], 3, /^missing\.json: No such file\.\n$/],
  ["another kind of file", [join(ROOT, "package.json")], 3, /package\.json:\d+:\d+: This is not state metadata: /],
  [
    "a stream without a description",
    [join(ROOT, "fixtures/streams/5.2-pc-i440fx-2.0-stopped.mig.gz")],
    3,
    /The stream carries no description/,
  ],
])("%s is said in a sentence, and nothing is written", (_, args, status, said) => {
  const result = run(...args);
  expect(result).toMatchObject({ status, out: "" });
  expect(result.err).toMatch(said);
  expect(readdirSync(folder)).toEqual([]);
});

test("descriptors that do not compile are left alone", () => {
  mkdirSync(join(folder, "devices"));
  writeFileSync(join(folder, "devices/a.ts"), 'import { vmsd } from "vmstate/schema";\nexport const a = vmsd("a", { versionId: 1 });\n');
  const { status, err, out } = run("-o", "devices", DUMP);
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toMatch(/^devices\/a\.ts:2:23: .*nothing is written\.\n$/s);
  expect(readdirSync(join(folder, "devices"))).toEqual(["a.ts"]);
});

test("metadata that no descriptor may say is written, and it is said why it does not compile", () => {
  const inner = { name: "other/sub", version_id: 1, minimum_version_id: 1, Fields: [] };
  const Description = { name: "dev", version_id: 1, minimum_version_id: 1, Fields: [], Subsections: [inner] };
  const section = { Name: "dev", version_id: 1, minimum_version_id: 1, Description };
  writeFileSync(join(folder, "dump.json"), JSON.stringify({ vmschkmachine: { Name: "pc" }, dev: section }));
  const { status, err } = run("-o", "devices", "dump.json");
  expect(status).toBe(1);
  expect(err).toBe(
    "devices/dev.ts:9:5: Subsection 'other/sub' is nested in 'dev', so that its name begins with 'dev' and is longer.\nWhat is written does not compile before this is mended.\n",
  );
});
