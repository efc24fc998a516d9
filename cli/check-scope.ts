import type { Scope } from "../compiler/check/compare.ts";
import { isStreamFile, readMetadataFile, readTextFile } from "../compiler/describe/index.ts";

/** The devices of the VM that a file tells of: a device list, `info qtree`, a libvirt domain, or a migration stream. */
export async function prepareScope(path: string, maxInput: number): Promise<Scope> {
  const { readScope, scopeOfMetadata } = await import("../compiler/check/scope/index.ts");
  return isStreamFile(path) ? scopeOfMetadata(readMetadataFile(path, { maxInput })) : readScope(readTextFile(path, maxInput), path);
}
