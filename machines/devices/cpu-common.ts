import { bool, int32, uint32, vmsd } from "../../compiler/schema/index.ts";

/** What a CPU of any architecture has: whether it is halted, and the requests that wait for it. */
export const cpuCommon = vmsd("cpu_common", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { halted: uint32, interrupt_request: uint32 },
  subsections: {
    "cpu_common/exception_index": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { exception_index: int32 },
      needed: (s) => s.exception_index !== -1,
      absent: { exception_index: -1 },
    },
    // The guest has reported a panic.
    "cpu_common/crash_occurred": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { crash_occurred: bool },
      needed: (s) => s.crash_occurred,
    },
  },
});
