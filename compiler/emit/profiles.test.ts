import { expect, test } from "vitest";
import type { FieldIr, Ir, MachineIr, VmsdIr } from "../ir.ts";
import { emitFiles } from "./files.ts";

const at = { file: "board.ts", line: 1, column: 1 };
const field = (key: string, since: number): FieldIr => ({ key, name: key, kind: { kind: "uint8" }, since, at });
const newest: VmsdIr = {
  id: "port",
  name: "port",
  versionId: 2,
  minimumVersionId: 1,
  fields: [field("a", 0), field("b", 2)],
  at,
  properties: { wide: false },
  subsections: [],
  types: [],
};
const plain: VmsdIr = { ...newest, id: "plain", name: "plain", properties: {} };
const machine: MachineIr = {
  id: "pc",
  name: "pc-1",
  aliases: ["pc"],
  container: { configuration: false, footers: false, description: false },
  properties: { port: { wide: true } },
  profiles: {
    old: { properties: {}, versions: { port: 1 }, order: [] },
    new: { properties: {}, versions: {}, order: ["plain", "port"] },
  },
  sections: ["port", "plain"],
  devices: [],
  at,
};
const ir: Ir = { vmsds: { port: newest, plain }, machines: { pc: machine } };

test("a profile has a folder with what it has otherwise, and takes the rest from its machine type", () => {
  const files = emitFiles(ir, { runtime: "../codec.ts" });
  const names = [...files.keys()].filter((path) => path.startsWith("pc-1") || path.includes("wide"));
  expect(names).toEqual([
    "codecs/port_wide_true.ts",
    "codecs/port_wide_true_port_v1.ts",
    "pc-1/machine.ts",
    "pc-1/new/machine.ts",
    "pc-1/old/machine.ts",
  ]);
  const old = files.get("pc-1/old/machine.ts");
  expect(old).toContain('from "../../codecs/port_wide_true_port_v1.ts"');
  expect(old).toContain('from "../../codecs/plain.ts"');
  expect(old).toContain('profile: "old"');
  expect(files.get("pc-1/new/machine.ts")).toContain('from "../../codecs/port_wide_true.ts"');
  expect(files.get("codecs/port_wide_true_port_v1.ts")).toContain("versionId: 1");
  expect(files.get("machines.ts")).toContain('"pc/old": async () => (await import("./pc-1/old/machine.ts")).machine');
});

test("what descriptors say is written as data, a line for each vmsd", () => {
  const text = emitFiles(ir, { runtime: "../codec.ts" }).get("ir.json") ?? "";
  expect(JSON.parse(text)).toEqual(ir);
  expect(text.split("\n").filter((line) => line.startsWith('  "p'))).toHaveLength(3);
});
