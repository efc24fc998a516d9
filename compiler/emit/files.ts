import { posix } from "node:path";
import type { Ir, MachineIr, VmsdIr } from "../ir.ts";
import { programOf } from "../program.ts";
import { specialise } from "../specialise.ts";
import { emitCodec } from "./codec-module.ts";
import { emitJsonSchema } from "./json-schema.ts";
import { emitMachine, emitMachines } from "./machine-module.ts";
import { emitView } from "./view-module.ts";

export interface EmitOptions {
  /** Files that others make of the same descriptors, to be listed with the rest. */
  readonly beside?: ReadonlyMap<string, string>;
  /** Module specifier of the runtime interface: of a package, or relative to the folder that is written. */
  readonly runtime: string;
}

const CODECS = "codecs";

/** The file that lists all others. */
export const MANIFEST = "manifest.json";

/**
 * Every file that is generated from descriptors, by its path below the output folder: a codec, a view and a JSON Schema for each vmsd, a codec for
 * what a machine type or one of its profiles has otherwise, and a list of codecs for each of these. The text depends on the descriptors alone.
 */
export function emitFiles(ir: Ir, options: EmitOptions): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const general = programOf(ir.vmsds);
  const paths = codecPaths(options);
  for (const vmsd of Object.values(ir.vmsds)) {
    files.set(`${CODECS}/${vmsd.id}.ts`, emitCodec(vmsd, general, paths));
    files.set(`${CODECS}/${vmsd.id}.view.ts`, emitView(vmsd, general, paths));
    files.set(`schemas/${vmsd.id}.schema.json`, `${JSON.stringify(emitJsonSchema(vmsd, general), undefined, 2)}\n`);
  }
  const machines = Object.values(ir.machines);
  for (const machine of machines)
    for (const profile of [undefined, ...Object.keys(machine.profiles)])
      for (const [path, text] of machineFiles(ir, machine, profile, options)) files.set(path, text);
  if (machines.length > 0) files.set("machines.ts", emitMachines(machines)).set("ir.json", irText(ir));
  for (const [path, text] of options.beside ?? []) files.set(path, text);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...sorted, [MANIFEST, manifestOf(sorted.map(([path]) => path))]]);
}

/**
 * Of a machine type, or of it with one build of the emulator. Codecs that its pinned properties change lie with the others: their names say
 * what is pinned, and most machine types pin the same.
 */
function machineFiles(ir: Ir, machine: MachineIr, profile: string | undefined, options: EmitOptions): [string, string][] {
  const folder = profile === undefined ? machine.name : `${machine.name}/${profile}`;
  const { vmsds: special, idOf } = specialise(ir, machine, profile);
  const vmsds = { ...ir.vmsds, ...special };
  const program = programOf(vmsds);
  const codecs = Object.values(special).map((vmsd): [string, string] => [
    `${CODECS}/${vmsd.id}.ts`,
    emitCodec(vmsd, program, codecPaths(options)),
  ]);
  const up = fromFolder("./", folder);
  const paths = { runtime: fromFolder(options.runtime, folder), codec: (id: string) => `${up}${CODECS}/${id}.ts` };
  return [...codecs, [`${folder}/machine.ts`, emitMachine(machine, profile, (id) => vmsds[idOf(id)] as VmsdIr, paths)]];
}

function codecPaths({ runtime }: EmitOptions) {
  return { runtime: fromFolder(runtime, CODECS), codec: (id: string) => `./${id}.ts`, view: (id: string) => `./${id}.view.ts` };
}

/** A relative specifier as it is written in a folder below the output folder. */
function fromFolder(specifier: string, folder: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const depth = folder.split("/").filter((part) => part !== ".").length;
  return posix.join(...new Array<string>(depth).fill(".."), specifier);
}

/** What the descriptors say, for programs that go by it while they run; a line for each vmsd, so that a change is seen as what it is. */
function irText({ vmsds, machines }: Ir): string {
  const lines = (each: Readonly<Record<string, unknown>>): string =>
    Object.entries(each)
      .map(([id, one]) => `  ${JSON.stringify(id)}: ${JSON.stringify(one)}`)
      .join(",\n");
  return `{\n"vmsds": {\n${lines(vmsds)}\n},\n"machines": {\n${lines(machines)}\n}\n}\n`;
}

function manifestOf(paths: readonly string[]): string {
  return `${JSON.stringify({ generatedBy: "vmstate compile", files: paths }, undefined, 2)}\n`;
}
