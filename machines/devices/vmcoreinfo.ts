import { bool, uint16, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";

/** Where the guest says that a dump of it finds the kernel's notes. */
export const vmcoreinfo = vmsd("vmcoreinfo", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["vmcoreinfo"],
  fields: {
    has_vmcoreinfo: bool,
    "vmcoreinfo.host_format": uint16,
    "vmcoreinfo.guest_format": uint16,
    "vmcoreinfo.size": uint32,
    "vmcoreinfo.paddr": uint64,
  },
});
