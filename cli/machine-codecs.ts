import { MACHINES } from "../machines/gen/machines.ts";
import type { Machine } from "../runtime/codec/v1.ts";
import { UsageError } from "./command.ts";

// Brings all codecs along, 1.7 MB of code: for what runs from the bundle of cli/engine.ts only.

const LOADERS: Readonly<Record<string, () => Promise<Machine>>> = MACHINES;

/**
 * The codecs of a machine type that comes with this tool, by its name or alias, as a build has it when one is named, or with no build's
 * differences. Throws UsageError for one that there is not.
 */
export async function machineCodecs(name: string, profile?: string): Promise<Machine> {
  const load = loaderOf(profile === undefined ? name : `${name}/${profile}`);
  if (load !== undefined) return load();
  if (profile === undefined || loaderOf(name) === undefined) throw new UsageError(await noMachine(name));
  throw new UsageError(`${name} has no profile '${profile}'; there are ${profilesOf(name).join(", ")}.`);
}

/** The builds whose differences a machine type has, the oldest first; empty for one that there is not. */
export function profilesOf(name: string): readonly string[] {
  return Object.keys(LOADERS).flatMap((key) => (key.startsWith(`${name}/`) ? [key.slice(name.length + 1)] : []));
}

function loaderOf(key: string): (() => Promise<Machine>) | undefined {
  return Object.hasOwn(LOADERS, key) ? LOADERS[key] : undefined;
}

async function noMachine(name: string): Promise<string> {
  const { nearest } = await import("../compiler/check/policy/nearest.ts");
  const known = Object.keys(LOADERS).filter((key) => !key.includes("/"));
  const close = nearest(name, known);
  return `There is no machine type '${name}'${close === undefined ? `; there are ${known.join(", ")}` : `; did you mean '${close}'?`}`;
}
