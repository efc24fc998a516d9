import { array, named, struct, uint8, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Offset in configuration space of the revision, and what it is by `x-old-pci-configuration`. */
const REVISION = 8;
const REVISIONS = { old: 0, now: 2 } as const;

const isRevision = (config: Uint8Array, old: boolean): boolean => config[REVISION] === (old ? REVISIONS.old : REVISIONS.now);

/**
 * VMware's paravirtual SCSI adapter. It is PCI Express unless `x-disable-pcie` is on; its function then is in a subsection, so that the
 * section of old machine types stays what it was.
 */
export const pvscsi = vmsd("pvscsi", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["pvscsi"],
  behindPath: true,
  properties: { express: true, x_old_pci_configuration: false },
  fields: {
    parent_obj: struct(pciDevice, { with: { express: () => false } }),
    msi_used: uint8,
    resetting: uint32,
    reg_interrupt_status: uint64,
    reg_interrupt_enabled: uint64,
    reg_command_status: uint64,
    curr_cmd: uint64,
    curr_cmd_data_cntr: uint32,
    curr_cmd_data: array(uint32, 132),
    rings_info_valid: uint8,
    msg_ring_info_valid: uint8,
    use_msg: uint8,
    "rings.rs_pa": uint64,
    "rings.txr_len_mask": uint32,
    "rings.rxr_len_mask": uint32,
    "rings.req_ring_pages_pa": array(uint64, 32),
    "rings.cmp_ring_pages_pa": array(uint64, 32),
    "rings.consumed_ptr": uint64,
    "rings.filled_cmp_ptr": uint64,
  },
  exists: { parent_obj: (_s, m) => !m.express },
  validate: { parent_obj: (s, m) => isRevision(s.parent_obj.config, m.x_old_pci_configuration) },
  subsections: {
    "pvscsi/pcie": {
      versionId: 0,
      minimumVersionId: 0,
      needed: (_s, m) => m.express,
      fields: { express_parent_obj: named("parent_obj", struct(pciDevice, { with: { express: () => true } })) },
      validate: { express_parent_obj: (s, m) => isRevision(s.express_parent_obj.express_config, m.x_old_pci_configuration) },
    },
  },
});
