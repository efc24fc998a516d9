import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readMetadataFile } from "../../compiler/describe/index.ts";
import { importDescriptors } from "../../compiler/import/index.ts";
import { Tracer } from "../../compiler/interpret/tracer.ts";
import { interpretLoad } from "../../compiler/interpret.ts";
import type { VmsdIr } from "../../compiler/ir.ts";
import { programOf } from "../../compiler/program.ts";
import { readDescriptors } from "../../compiler/read/index.ts";
import type { FieldLayout, VmsdLayout } from "../../runtime/codec/layout.ts";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import type { SectionLayout } from "../../runtime/stream/description/layout.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";
import { descriptorFiles, writeDescriptors } from "./folder.ts";

/** Kinds of which a description knows no more than how many bytes they are. */
const OPAQUE = new Set(["pci irq state", "pci config", "tmp"]);

/** What each byte is: the path, type, offset and size of every value, in order. */
function leavesOf({ fields, subsections }: VmsdLayout, path = "", start = 0): string[] {
  let at = start;
  const leaves: string[] = [];
  for (const field of fields)
    for (let n = 0; n < field.count; n++) {
      leaves.push(...leavesOfField(field, `${path}${field.name.replace(/\[\d+\]$/, "")}`, at));
      at += field.size;
    }
  for (const inner of subsections) {
    const head = 6 + inner.vmsd.length;
    leaves.push(...leavesOf(inner, `${path}${inner.vmsd}.`, at + head));
    at += head + inner.size;
  }
  return leaves;
}

function leavesOfField({ type, inner, size }: FieldLayout, path: string, at: number): string[] {
  const [only] = inner;
  if (only !== undefined && inner.length === 1 && only.size === size && !OPAQUE.has(type)) return leavesOf(only, `${path}.`, at);
  return size === 0 ? [] : [`${path} ${type} ${at} ${size}`];
}

/** Values that lie within what the description calls one opaque value are left out. */
function comparable(described: VmsdLayout, own: VmsdLayout): [string[], string[]] {
  const opaque = leavesOf(described).flatMap((leaf) => {
    const [, type = "", at = "", size = ""] = /^.* (pci irq state|pci config|tmp) (\d+) (\d+)$/.exec(leaf) ?? [];
    return type === "" ? [] : [{ from: Number(at), to: Number(at) + Number(size) }];
  });
  const isKnown = (leaf: string): boolean => {
    const at = Number(leaf.split(" ").at(-2));
    return !opaque.some(({ from, to }) => at >= from && at < to);
  };
  return [leavesOf(described).filter(isKnown), leavesOf(own).filter(isKnown)];
}

test.each([
  ["dumps/qemu-10.0-pc-i440fx-2.12.json.gz", "streams/10.0-pc-i440fx-2.12-uuid.mig.gz"],
  ["dumps/qemu-7.2-pc-i440fx-2.12.json.gz", "streams/7.2-pc-i440fx-2.12-passes.mig.gz"],
  ["dumps/qemu-5.2-pc-i440fx-2.2.json.gz", "streams/5.2-pc-i440fx-2.12-running.mig.gz"],
])("descriptors from %s and %s read every section of that stream as it describes itself", (dump, stream) => {
  const root = mkdtempSync(join(tmpdir(), "vmstate-agree-"));
  try {
    const inputs = [dump, stream].map((path) => readMetadataFile(join("fixtures", path)));
    const bytes = gunzipSync(readFileSync(join("fixtures", stream)));
    const { files } = importDescriptors({ inputs, root, folder: ".", files: [] });
    writeDescriptors(files.map((file) => ({ ...file, path: join(root, file.path) })));
    const { ir } = readDescriptors(
      root,
      descriptorFiles(root).map((path) => path.slice(root.length + 1)),
    );
    const names = new Set<string>();
    readStream(
      sourceOfBytes(bytes),
      {
        item: () => {},
        section: (item, body, layout) => expectAgreement(ir.vmsds, item, body, layout, names),
        page: () => {},
        pages: () => {},
        problem: () => {},
      },
      { payloads: false },
    );
    expect([...names]).toEqual(expect.arrayContaining(["cpu", "PIIX3", "fw_cfg", "serial", "mc146818rtc", "fdc", "pckbd"]));
  } finally {
    rmSync(root, { recursive: true });
  }
});

function expectAgreement(
  vmsds: Readonly<Record<string, VmsdIr>>,
  item: SectionItem,
  body: Uint8Array,
  layout: SectionLayout | undefined,
  names: Set<string>,
): void {
  if (layout?.vmsd === undefined) return;
  const name = item.name.slice(item.name.lastIndexOf("/") + 1);
  const described = layout.vmsd;
  const program = programOf(vmsds);
  // Some names are those of a section and of the struct within it.
  const named = Object.values(vmsds).filter(
    (vmsd) => vmsd.name === name && vmsd.fields[0]?.name === described.fields[0]?.name.replace(/\[\d+\]$/, ""),
  );
  expect({ name, found: named.length }).toEqual({ name, found: 1 });
  const tracer = new Tracer(program);
  const { end } = interpretLoad(program, named[0]?.id ?? "", body, item.version, {}, undefined, [], tracer);
  expect({ name, end }).toEqual({ name, end: body.length });
  const [theirs, ours] = comparable(described, tracer.layout as VmsdLayout);
  expect({ name, leaves: ours }).toEqual({ name, leaves: theirs });
  names.add(name);
}
