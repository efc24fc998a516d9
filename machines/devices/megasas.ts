import { named, struct, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";

/** The LSI MegaRAID SAS 1078. */
export const megasas = vmsd("megasas", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["megasas"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice),
    msix: named("parent_obj", struct(msix, { with: { vectors: (s) => msixVectors(s.parent_obj.config) } })),
    fw_state: uint32,
    intr_mask: uint32,
    doorbell: uint32,
    reply_queue_pa: uint64,
    consumer_pa: uint64,
    producer_pa: uint64,
  },
});

/** The LSI MegaRAID SAS 2108, which is PCI Express on every machine type. */
export const megasasGen2 = vmsd("megasas-gen2", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["megasas-gen2"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice, { with: { express: () => true } }),
    msix: named("parent_obj", struct(msix, { with: { vectors: (s) => msixVectors(s.parent_obj.express_config) } })),
    fw_state: uint32,
    intr_mask: uint32,
    doorbell: uint32,
    reply_queue_pa: uint64,
    consumer_pa: uint64,
    producer_pa: uint64,
  },
});
