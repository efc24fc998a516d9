import { machineOf, writeMetadata } from "../compiler/describe/write-metadata.ts";
import type { Ir, MachineIr } from "../compiler/ir.ts";
import { UsageError } from "./command.ts";
import { findProject } from "./compile/project.ts";

/**
 * The metadata that a project's descriptors give, as the text that is written to a file. Throws UsageError for a machine type that there is
 * not, and what reading descriptors throws.
 */
export async function projectMetadata(
  machine: string | undefined,
  given: { readonly config?: string | undefined; readonly paths?: readonly string[] } = {},
): Promise<string> {
  const ir = await projectIr(given);
  if (machine !== undefined && machineOf(ir, machine) === undefined) throw new UsageError(await noMachine(ir, machine));
  return `${JSON.stringify(writeMetadata(ir, machine === undefined ? {} : { machine }), undefined, 2)}\n`;
}

/** A machine type of the project in the working folder. Throws as projectMetadata does. */
export async function findMachine(name: string): Promise<{ ir: Ir; machine: MachineIr }> {
  const ir = await projectIr({});
  const machine = machineOf(ir, name);
  if (machine === undefined) throw new UsageError(await noMachine(ir, name));
  return { ir, machine };
}

async function projectIr(given: { readonly config?: string | undefined; readonly paths?: readonly string[] }): Promise<Ir> {
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
