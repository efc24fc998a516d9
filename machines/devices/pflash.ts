import { uint8, uint64, vmsd } from "../../compiler/schema/index.ts";

/** Flash memory with Intel's commands, as firmware sits in; its contents are RAM. A guest that is in the middle of writing a block is refused. */
export const pflashCfi01 = vmsd("pflash_cfi01", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["cfi.pflash01"],
  fields: { wcycle: uint8, cmd: uint8, status: uint8, counter: uint64 },
});
