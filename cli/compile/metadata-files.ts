import { writeMetadata } from "../../compiler/describe/write-metadata.ts";
import type { Ir } from "../../compiler/ir.ts";

/** The metadata of every machine type, in its folder; of all sections where there is none. */
export function metadataFiles(ir: Ir): ReadonlyMap<string, string> {
  const text = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const machines = Object.values(ir.machines);
  if (machines.length === 0) return new Map([["metadata.json", text(writeMetadata(ir))]]);
  return new Map(machines.map(({ name }) => [`${name}/metadata.json`, text(writeMetadata(ir, { machine: name }))]));
}
