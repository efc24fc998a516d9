import { bool, uint64, vmsd } from "../../compiler/schema/index.ts";

/** The guest's paravirtual clock in ns, with KVM only. */
export const kvmclock = vmsd("kvmclock", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["kvmclock"],
  properties: { mach_use_reliable_get_clock: true },
  fields: { clock: uint64 },
  subsections: {
    "kvmclock/clock_is_reliable": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { clock_is_reliable: bool },
      needed: (_s, m) => m.mach_use_reliable_get_clock,
    },
  },
});
