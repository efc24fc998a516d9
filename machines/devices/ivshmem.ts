import { named, struct, uint32, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";

/** Memory that guests share. */
export const ivshmemPlain = vmsd("ivshmem-plain", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["ivshmem-plain"],
  behindPath: true,
  fields: { parent_obj: struct(pciDevice), intrstatus: uint32, intrmask: uint32 },
});

/** Memory that guests share, with interrupts that they send each other. */
export const ivshmemDoorbell = vmsd("ivshmem-doorbell", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["ivshmem-doorbell"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice),
    msix: named("parent_obj", struct(msix, { with: { vectors: (s) => msixVectors(s.parent_obj.config) } })),
    intrstatus: uint32,
    intrmask: uint32,
  },
});
