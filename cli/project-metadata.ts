import { existsSync } from "node:fs";
import { machineOf, writeMetadata } from "../compiler/describe/write-metadata.ts";
import type { Ir, MachineIr } from "../compiler/ir.ts";
import { builtInMachines } from "./built-in-machines.ts";
import { UsageError } from "./command.ts";
import { DESCRIPTORS, findProject, PROJECT_FILE } from "./compile/project.ts";

/**
 * The metadata that descriptors give, as the text that is written to a file: those of the project, or of a machine type that comes along where
 * there is no project. Throws UsageError for a machine type that there is not, and what reading descriptors throws.
 */
export async function projectMetadata(machine: string | undefined, given: Given = {}, profile?: string): Promise<string> {
  const ir = machine !== undefined && isWithoutProject(given) ? builtInMachines() : await projectIr(given);
  if (machine !== undefined && machineOf(ir, machine) === undefined) throw new UsageError(await noMachine(ir, machine));
  const profiles = Object.keys((machine === undefined ? undefined : machineOf(ir, machine))?.profiles ?? {});
  if (profile !== undefined && !profiles.includes(profile))
    throw new UsageError(`There is no profile '${profile}'${profiles.length === 0 ? "" : `; there are ${profiles.join(", ")}`}.`);
  const options = { ...(machine === undefined ? {} : { machine }), ...(profile === undefined ? {} : { profile }) };
  return `${JSON.stringify(writeMetadata(ir, options), undefined, 2)}\n`;
}

/** A machine type of the project in the working folder, or of those that come along. Throws as projectMetadata does. */
export async function findMachine(name: string): Promise<{ ir: Ir; machine: MachineIr }> {
  const ir = isWithoutProject({}) ? builtInMachines() : await projectIr({});
  const machine = machineOf(ir, name);
  if (machine === undefined) throw new UsageError(await noMachine(ir, name));
  return { ir, machine };
}

interface Given {
  readonly config?: string | undefined;
  readonly paths?: readonly string[];
}

/** Whether nothing was said of descriptors, and none are where they would be looked for. */
function isWithoutProject({ config, paths = [] }: Given): boolean {
  return config === undefined && paths.length === 0 && !existsSync(PROJECT_FILE) && !existsSync(DESCRIPTORS);
}

async function projectIr(given: Given): Promise<Ir> {
  const { root, descriptors } = findProject({ config: given.config, paths: given.paths ?? [] });
  const { readDescriptors } = await import("../compiler/read/index.ts");
  return readDescriptors(root, descriptors).ir;
}

async function noMachine(ir: Ir, name: string): Promise<string> {
  const known = Object.values(ir.machines).flatMap((each) => [each.name, ...each.aliases]);
  if (known.length === 0) return `The descriptors declare no machine type, so none is called '${name}'.`;
  const { nearest } = await import("../compiler/check/policy/nearest.ts");
  const close = nearest(name, known);
  return `There is no machine type '${name}'${close === undefined ? `; there are ${known.join(", ")}` : `; did you mean '${close}'?`}`;
}
