import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ROOT, runCli } from "../../run-cli.ts";

// Outside of the project, whose own descriptors --machine would read.
const folder = mkdtempSync(join(tmpdir(), "vmstate-inference-"));
afterAll(() => rmSync(folder, { recursive: true }));

const stream = (...args: string[]) => runCli("vmstate", ["stream", ...args], { cwd: folder });
const fixture = (name: string): string => join(ROOT, `fixtures/machines/${name}.mig.gz`);

interface Machine {
  readonly name: string;
  readonly profile: string;
  readonly inferred: boolean;
  readonly candidates: readonly { readonly name: string; readonly profile: string }[];
}

function machineOf(...args: string[]): Machine & { readonly opaque: number } {
  const { machine, bytes } = JSON.parse(stream("info", "--json", ...args).out) as { machine: Machine; bytes: { opaque: number } };
  return { ...machine, opaque: bytes.opaque };
}

const names = ({ candidates }: Machine): string[] => candidates.map(({ name, profile }) => `${name.slice(-3)} of ${profile}`);

test.each([
  ["5.2-pc-i440fx-2.0-bare", ["2.0 of 5.2"]],
  ["7.2-pc-i440fx-2.0-hda-duplex", ["2.0 of 7.2"]],
  ["7.2-pc-i440fx-2.1-ac97", ["2.2 of 7.2", "2.1 of 7.2"]],
  ["5.2-pc-i440fx-2.1-hda-three", ["2.2 of 5.2", "2.1 of 5.2"]],
  ["5.2-pc-i440fx-2.1-am53c974-hd-cd", ["2.2 of 5.2", "2.1 of 5.2"]],
])("%s is told by its sections", (name, candidates) => {
  const found = machineOf(fixture(name));
  expect(names(found)).toEqual(candidates);
  expect(found).toMatchObject({ inferred: true, opaque: 0 });
  expect(found).not.toHaveProperty("undecided");
});

test("what a user configured and no stream tells is found", () => {
  const values = (section: string, field: string, name: string): unknown[] =>
    JSON.parse(stream("decode", "--section", section, "--field", field, fixture(name)).out) as unknown[];
  expect(values("piix4_pm", "piix4_pm/memhp.acpi_memory_hotplug.devs[3].is_enabled", "5.2-pc-i440fx-2.2-slots-4")).toHaveLength(1);
  expect(values("piix4_pm", "piix4_pm/memhp.acpi_memory_hotplug.devs[31].is_enabled", "7.2-pc-i440fx-2.2-slots-32")).toHaveLength(1);
});

test("a machine type and a build that are named are taken, and one that cannot be is refused", () => {
  const bare = fixture("5.2-pc-i440fx-2.0-bare");
  expect(machineOf("--machine", "pc-2.0", "--profile", "5.2", bare)).toMatchObject({
    name: "pc-i440fx-2.0",
    profile: "5.2",
    inferred: false,
  });
  expect(stream("info", "--machine", "pc-2.0", "--profile", "9.9", bare)).toMatchObject({ status: 2, out: "" });
  expect(stream("info", "--profile", "5.2", bare).err).toContain("--machine");
  expect(stream("info", "--machine", "pc-9.9", bare).status).toBe(2);
});

test("a stream that describes itself is read by its own description", () => {
  const { out } = stream("decode", "--section", "hpet", fixture("7.2-pc-i440fx-2.12-smp-2"));
  expect(out).toContain('"framing": "description"');
  expect(machineOf(fixture("7.2-pc-i440fx-2.12-smp-2"))).toMatchObject({ name: "pc-i440fx-2.12", inferred: false });
});

test("what was decoded without a description comes back from the document alone", () => {
  const whole = stream("decode", fixture("7.2-pc-i440fx-2.0-virtio-serial-64-ports"));
  expect(whole.status).toBe(0);
  const document = JSON.parse(whole.out) as { machine: Machine; items: { item: string; framing?: string }[] };
  expect(names(document.machine)).toEqual(["2.0 of 7.2"]);
  const sections = document.items.filter(({ item }) => item === "section");
  expect(sections.every(({ framing }) => framing === "codec")).toBe(true);
});
