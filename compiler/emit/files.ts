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
 * Every file that is generated from descriptors, by its path below the output folder: a codec, a view and a JSON Schema for each vmsd, and for
 * each machine type a folder with the codecs that its pinned properties change. The text depends on the descriptors alone.
 */
export function emitFiles(ir: Ir, options: EmitOptions): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const general = programOf(ir.vmsds);
  const paths = {
    runtime: fromFolder(options.runtime, CODECS),
    codec: (id: string) => `./${id}.ts`,
    view: (id: string) => `./${id}.view.ts`,
  };
  for (const vmsd of Object.values(ir.vmsds)) {
    files.set(`${CODECS}/${vmsd.id}.ts`, emitCodec(vmsd, general, paths));
    files.set(`${CODECS}/${vmsd.id}.view.ts`, emitView(vmsd, general, paths));
    files.set(`schemas/${vmsd.id}.schema.json`, `${JSON.stringify(emitJsonSchema(vmsd, general), undefined, 2)}\n`);
  }
  const machines = Object.values(ir.machines);
  for (const machine of machines) for (const [path, text] of machineFiles(ir, machine, options)) files.set(path, text);
  if (machines.length > 0) files.set("machines.ts", emitMachines(machines));
  for (const [path, text] of options.beside ?? []) files.set(path, text);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...sorted, [MANIFEST, manifestOf(sorted.map(([path]) => path))]]);
}

function machineFiles(ir: Ir, machine: MachineIr, options: EmitOptions): [string, string][] {
  const { vmsds: special, idOf } = specialise(ir, machine);
  const vmsds = { ...ir.vmsds, ...special };
  const program = programOf(vmsds);
  const codec = (id: string): string => (id in special ? `./${id}.ts` : `../${CODECS}/${id}.ts`);
  const paths = { runtime: fromFolder(options.runtime, machine.name), codec };
  const codecs = Object.values(special).map((vmsd): [string, string] => [`${machine.name}/${vmsd.id}.ts`, emitCodec(vmsd, program, paths)]);
  return [...codecs, [`${machine.name}/machine.ts`, emitMachine(machine, (id) => vmsds[idOf(id)] as VmsdIr, paths)]];
}

/** A relative specifier as it is written in a folder below the output folder. */
function fromFolder(specifier: string, folder: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const depth = folder.split("/").filter((part) => part !== ".").length;
  return posix.join(...new Array<string>(depth).fill(".."), specifier);
}

function manifestOf(paths: readonly string[]): string {
  return `${JSON.stringify({ generatedBy: "vmstate compile", files: paths }, undefined, 2)}\n`;
}
