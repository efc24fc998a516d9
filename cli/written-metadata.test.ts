import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { compare, parse, render } from "../compiler/check/index.ts";
import { validateMetadata } from "../compiler/describe/gen/validators.js";
import { contentId, type Section } from "../compiler/describe/index.ts";
import { machineOf, writeMetadata } from "../compiler/describe/write-metadata.ts";
import type { FieldIr, Ir } from "../compiler/ir.ts";

const DESCRIPTORS = resolve(import.meta.dirname, "../fixtures/descriptors");
const irOf = (name: string): Ir => JSON.parse(readFileSync(join(DESCRIPTORS, `${name}.ir.json`), "utf8")) as Ir;
const written = (ir: Ir, machine?: string) =>
  parse(Buffer.from(JSON.stringify(writeMetadata(ir, machine === undefined ? {} : { machine }))), "new.json");

/** The descriptors with one vmsd's fields changed. */
function withFields(ir: Ir, id: string, change: (fields: readonly FieldIr[]) => readonly FieldIr[]): Ir {
  const vmsd = ir.vmsds[id];
  if (vmsd === undefined) throw new Error(`No vmsd '${id}'.`);
  return { ...ir, vmsds: { ...ir.vmsds, [id]: { ...vmsd, fields: change(vmsd.fields) } } };
}

test.each(["serial", "every-kind", "pc-2.0"])("what is written of %s has the published shape, and is compatible with itself", (name) => {
  const ir = irOf(name);
  expect(validateMetadata(writeMetadata(ir))).toBe(true);
  const metadata = written(ir);
  expect(metadata.origin).toBe("metadata");
  const { verdict, findings } = compare(metadata, written(ir));
  expect(findings).toEqual([]);
  // A format by hand stays opaque to others, whoever describes it.
  expect(verdict).toEqual(
    name === "serial" ? { forward: "compatible", backward: "compatible" } : { forward: "unknown", backward: "unknown" },
  );
});

test("a machine type's file holds its sections under their QOM types, and its properties", () => {
  const ir = irOf("pc-2.0");
  const { vmschkmachine, ...sections } = writeMetadata(ir, { machine: "pc-2.0" });
  expect(vmschkmachine).toEqual({
    Name: "pc-i440fx-2.0",
    container: { configuration: false, description: true, footers: false },
    schema: "vmstate-metadata/1",
    devices: ["Fifo8", "every-kind-isa", "every-kind-pci", "serial", "through"],
    properties: { serial: { wakeup: true }, "every-kind": { ports: 1, name: "two", extra: true } },
  });
  expect(Object.keys(sections).sort()).toEqual(vmschkmachine.devices);
  expect(machineOf(ir, "pc20")).toBe(machineOf(ir, "pc-i440fx-2.0"));
  expect(() => writeMetadata(ir, { machine: "pc-9" })).toThrow("There is no machine type 'pc-9'.");
});

test("without a machine type a struct that is only within others is no section", () => {
  expect(Object.keys(writeMetadata(irOf("serial")))).toEqual(["vmschkmachine", "serial"]);
});

test("pinned properties decide predicates, through the structs within", () => {
  const ir = irOf("pc-2.0");
  const machine = machineOf(ir, "pc20");
  if (machine === undefined) throw new Error("No pc20.");
  const pinned = (properties: Ir["machines"][string]["properties"]): Ir => ({ ...ir, machines: { pc20: { ...machine, properties } } });
  const section = (ir: Ir, type: string): Section => writeMetadata(ir, { machine: "pc20" })[type] as Section;
  const poll = (ir: Ir) => section(ir, "serial").Description?.Subsections?.[1];
  expect(poll(pinned({ serial: { wakeup: false } }))).toMatchObject({ needed: "m.wakeup && s.poll_msl > 0", decided: "absent" });
  expect(poll(pinned({ serial: { wakeup: true } }))).not.toHaveProperty("decided");
  const narrow = section(pinned({ "every-kind": { wide: false, extra: true } }), "every-kind-pci");
  expect(narrow).toMatchObject({ needed: "m.extra || s.flag", decided: "present" });
  const y = (field: string) => narrow.Description?.Fields?.find((each) => each.field === field)?.Description?.Fields?.[1];
  expect(y("origin")).toMatchObject({ exists: "m.wide && s.x !== 0", decided: "absent" });
  expect(y("points")).not.toHaveProperty("decided");
});

test("what a list, a flag and a format by hand are", () => {
  const { Description } = writeMetadata(irOf("every-kind"))["every-kind-pci"] as Section;
  const field = (name: string) => Description?.Fields?.find((each) => each.field === name);
  expect(field("queue")).toMatchObject({
    kind: "qtailq",
    count: { max: 32 },
    Description: { Fields: [{ field: "tag" }, { field: "data" }] },
  });
  expect(field("was_sent")).toBeUndefined();
  expect(Description?.Subsections?.[0]).toMatchObject({ name: "every-kind/told", needed: "s.was_sent" });
  expect(field("msix")).toMatchObject({ kind: "msix state", size: 20 });
  expect(field("msix")).not.toHaveProperty("Description");
});

test("what a field becomes when it is not on the wire is said in the JSON form of a state, declared or not", () => {
  const { Description } = writeMetadata(irOf("every-kind"))["every-kind-pci"] as Section;
  const inner = Description?.Subsections?.[1]?.Subsections?.[0]?.Fields ?? [];
  expect(inner.map(({ field, absent }) => [field, absent])).toEqual([
    ["inner", "0x5"],
    ["where", { x: 1, y: 2, z: -3 }],
  ]);
  const { Description: serial } = writeMetadata(irOf("serial")).serial as Section;
  expect(serial?.Fields?.map(({ absent }) => absent)).toEqual([undefined, undefined, undefined, undefined, 0, undefined, undefined, false]);
  expect(serial?.Subsections?.[1]?.Fields?.[0]).toMatchObject({ field: "poll_msl", absent: 0 });
});

test("a field that was added without a version is found, with the descriptor's line", () => {
  const ir = irOf("serial");
  const at = { file: "devices/serial.ts", line: 99, column: 5 };
  const changed = withFields(ir, "serial", (fields) => [
    ...fields.slice(0, 3),
    { key: "lcr", name: "lcr", kind: { kind: "uint8" }, since: 0, at },
    ...fields.slice(3),
  ]);
  const report = compare(written(ir), written(changed));
  const finding = report.findings.find(({ path }) => path === "serial/lcr");
  expect(report.verdict.forward).toBe("incompatible");
  expect(finding).toMatchObject({ rule: "field-added-unguarded", new: { at: "devices/serial.ts:99" }, old: { at: "serial.ts:16" } });
  expect(render(report)).toMatch(/new new\.json:1:\d+ {2}declared at devices\/serial\.ts:99/);
  expect(JSON.parse(render(report, "json")).findings[0].new.at).toBe("devices/serial.ts:99");
});

test("lines of a descriptor that move change neither the content nor a fingerprint", () => {
  const ir = irOf("serial");
  const moved = JSON.parse(JSON.stringify(ir).replaceAll(/"line":(\d+)/g, (_, line) => `"line":${Number(line) + 7}`)) as Ir;
  expect(contentId(written(moved))).toBe(contentId(written(ir)));
  expect(compare(written(ir), written(moved)).findings).toEqual([]);
  const shorter = (of: Ir): Ir => withFields(of, "serial", (fields) => fields.slice(1));
  const prints = (a: Ir, b: Ir) => compare(written(a), written(b)).findings.map(({ fingerprint }) => fingerprint);
  expect(prints(ir, shorter(moved))).toEqual(prints(ir, shorter(ir)));
  expect(prints(ir, shorter(ir))).not.toEqual([]);
});

test("a value of the state that is called 'at' is content", () => {
  const text = JSON.stringify(writeMetadata(irOf("serial")));
  const idOf = (num: number): string => contentId(parse(Buffer.from(text.replace('"num":0', `"at":${num}`)), "new.json"));
  expect(idOf(1)).not.toBe(idOf(2));
});
