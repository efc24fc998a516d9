import { existsSync } from "node:fs";
import { decideConditions } from "../compiler/check/machine/decide-conditions.ts";
import { type Metadata, readMetadata, readMetadataFile } from "../compiler/describe/index.ts";
import { projectMetadata } from "./project-metadata.ts";

export interface Joined {
  readonly old: Metadata;
  readonly new: Metadata;
  /** One sentence on what the machine type decided. */
  readonly note: string;
}

/** Both builds as one machine type has them. `machine` is a file that vmstate dump wrote, or a machine type of the project in the working folder. */
export async function joinMachine(machine: string, old: Metadata, new_: Metadata): Promise<Joined> {
  const known = existsSync(machine) ? readMetadataFile(machine) : readMetadata(Buffer.from(await projectMetadata(machine)), machine);
  const [left, right] = [decideConditions(old, known), decideConditions(new_, known)];
  const name = known.machine ?? machine;
  const note = `${name} decides ${left.count} condition${left.count === 1 ? "" : "s"} of the old build and ${right.count} of the new one.`;
  return { old: left.metadata, new: right.metadata, note };
}
