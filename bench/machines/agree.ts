// Holds the descriptors against real streams that carry a description: `npm run machines:agree -- FOLDER [SECTION…]`. Each section is decoded by
// its descriptor, and every leaf's offset, size, type and name is compared with what the stream's own description says.
import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { otherChoices } from "../../cli/stream/machine/configured.ts";
import { Refusal } from "../../compiler/interpret/input.ts";
import { Tracer } from "../../compiler/interpret/tracer.ts";
import { interpretLoad } from "../../compiler/interpret.ts";
import type { Scalar, VmsdIr } from "../../compiler/ir.ts";
import type { Program } from "../../compiler/kinds/kind.ts";
import { programOf } from "../../compiler/program.ts";
import { readDescriptors } from "../../compiler/read/index.ts";
import { specialise } from "../../compiler/specialise.ts";
import { sourceOfFile } from "../../runtime/stream/byte-source.ts";
import type { SectionLayout } from "../../runtime/stream/description/layout.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";
import { differencesOf } from "./leaves.ts";

const [folder = "", ...wanted] = process.argv.slice(2);
const files = readdirSync("machines/devices").filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const { ir } = readDescriptors(".", ["machines/pc-2.12.ts", ...files.map((name) => `machines/devices/${name}`)]);
const machine = Object.values(ir.machines).find(({ name }) => name === "pc-i440fx-2.12");
if (machine === undefined) throw new Error("There is no pc-i440fx-2.12.");
const { vmsds, idOf } = specialise(ir, machine);
const program = programOf({ ...ir.vmsds, ...vmsds });
// A descriptor that no machine type lists yet is looked at all the same.
const ids = [...new Set([...machine.sections, ...machine.devices, ...Object.keys(ir.vmsds)])].map(idOf);

const count = { agree: 0, differ: 0, unknown: 0 };
const said = new Map<string, number>();
for (const name of readdirSync(folder)
  .filter((each) => each.endsWith(".mig"))
  .sort()) {
  const fd = openSync(join(folder, name), "r");
  const section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    if (layout?.vmsd === undefined || (wanted.length > 0 && !wanted.includes(lastOf(item.name)))) return;
    const found = look(program, item, body, layout);
    if (found === undefined) count.unknown++;
    else if (found.length === 0) count.agree++;
    else count.differ++;
    const lines =
      found === undefined ? [`${lastOf(item.name)}: no descriptor`] : found.slice(0, 3).map((line) => `${lastOf(item.name)}: ${line}`);
    for (const line of lines) {
      said.set(line, (said.get(line) ?? 0) + 1);
      if (said.get(line) === 1) console.log(`${line}   (${name})`);
    }
  };
  readStream(sourceOfFile(fd), { item: () => {}, section, page: () => {}, pages: () => {}, problem: () => {} }, { payloads: false });
  closeSync(fd);
}
console.log(`${count.agree} sections agree, ${count.differ} differ, ${count.unknown} have no descriptor`);
process.exitCode = count.differ + count.unknown === 0 ? 0 : 1;

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** What differs, by the configuration that leaves the least; undefined where no descriptor has the section's name. */
function look(of: Program, item: SectionItem, body: Uint8Array, layout: SectionLayout): readonly string[] | undefined {
  const named = ids.map((id) => of.vmsd(id)).filter((vmsd) => isFor(vmsd, item.name));
  let best: readonly string[] | undefined;
  for (const vmsd of named)
    for (const properties of [{}, ...otherChoices(vmsd, of, new Set(Object.keys(vmsd.properties)))]) {
      const lines = attempt(of, vmsd.id, item, body, layout, properties);
      if (best === undefined || lines.length < best.length) best = lines;
      if (best.length === 0) return best;
    }
  return best;
}

function isFor({ name, aliases = [], behindPath }: VmsdIr, section: string): boolean {
  const last = lastOf(section);
  return (name === last || aliases.includes(last)) && (behindPath === undefined || behindPath === section.includes("/"));
}

function attempt(
  of: Program,
  id: string,
  item: SectionItem,
  body: Uint8Array,
  layout: SectionLayout,
  properties: Readonly<Record<string, Scalar>>,
): readonly string[] {
  const tracer = new Tracer(of);
  try {
    const { end } = interpretLoad(of, id, body, item.version, properties, undefined, [], tracer);
    if (end !== body.length) return [`ends at ${end} of ${body.length} bytes`, ...differencesOf(layout.vmsd, tracer.layout)];
    return differencesOf(layout.vmsd, tracer.layout);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`refused: ${error.code} ${error.path} at ${error.offset}`, "", ""];
  }
}
