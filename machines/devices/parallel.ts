import { int32, uint8, vmsd } from "../../compiler/schema/index.ts";

/** A parallel port on the ISA bus. */
export const isaParallel = vmsd("parallel_isa", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["isa-parallel"],
  fields: {
    "state.dataw": uint8,
    "state.datar": uint8,
    "state.status": uint8,
    "state.control": uint8,
    "state.irq_pending": int32,
    "state.epp_timeout": int32,
  },
});
