import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { MetadataFile } from "../../describe/write-metadata.ts";
import type { MachineIr } from "../../ir.ts";
import type { Descriptors } from "../descriptors.ts";
import type { Matrix } from "../matrix.ts";
import { staleMetadata } from "./freshness.ts";
import { brokenPromises, readReleased } from "./released.ts";
import { staleFiles } from "./stale-files.ts";

export interface MachineCheck {
  readonly name: string;
  /** What is wrong with a machine type. */
  readonly run: (machine: MachineIr) => readonly string[];
}

export const FRESH_METADATA = "the generated metadata says what the descriptors say";
export const FRESH_CODE = "the generated code is what the descriptors make";
export const KEEPS_PROMISES = "the last release's machines move here and back";

/** What every machine type goes through; against the last release only where `previous` is a folder. */
export function machineChecks(matrix: Matrix, now: Descriptors, previous: string | undefined): readonly MachineCheck[] {
  const { gen, root } = matrix;
  const released = previous === undefined ? undefined : resolve(root, previous);
  const checks: MachineCheck[] = [
    {
      name: FRESH_METADATA,
      run: ({ name }) => {
        const metadata = JSON.parse(readFileSync(join(gen, name, "metadata.json"), "utf8")) as MetadataFile;
        return staleMetadata(metadata, now.metadata(name), name);
      },
    },
    { name: FRESH_CODE, run: ({ name }) => staleFiles(gen, now.files, name) },
  ];
  if (released === undefined) return checks;
  const promised = {
    name: KEEPS_PROMISES,
    run: (machine: MachineIr) => brokenPromises(readReleased(released, machine), now.metadata(machine.name), machine.name),
  };
  return [...checks, promised];
}
