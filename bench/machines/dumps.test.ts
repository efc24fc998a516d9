import { expect, test } from "vitest";
import { builtInMachines } from "../../cli/built-in-machines.ts";
import { compare, type Metadata, parseFile } from "../../compiler/check/index.ts";
import { readMetadata } from "../../compiler/describe/index.ts";
import { writeMetadata } from "../../compiler/describe/write-metadata.ts";

const ir = builtInMachines();

test.each(["5.2", "7.2"])("the machine type as QEMU %s has it is what that build's dump says, of the devices that both have", (build) => {
  const dump = parseFile(`fixtures/dumps/qemu-${build}-pc-i440fx-2.2.json.gz`);
  const text = JSON.stringify(writeMetadata(ir, { machine: "pc-i440fx-2.2", profile: build }));
  const own = readMetadata(Buffer.from(text), `pc-2.2 of ${build}`);
  const [a, b] = [sharedOf(own, dump), sharedOf(dump, own)];
  expect(a.sections.size).toBeGreaterThan(100);
  const errors = compare(a, b)
    .findings.filter(({ levels }) => levels.forward === "error" || levels.backward === "error")
    .map(({ rule, path }) => `${rule} ${path}`);
  expect(errors).toEqual([]);
});

/** The sections that the other side has as well. */
function sharedOf(metadata: Metadata, other: Metadata): Metadata {
  const sections = new Map([...metadata.sections].filter(([type]) => other.sections.has(type)));
  return { ...metadata, sections, devices: undefined };
}
