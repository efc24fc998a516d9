import { array, buffer, custom, equal, struct, uint8, uint16, uint32, varray, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** QEMU loads bridges first, so that a device finds its bus at the number that the guest gave it. */
const PCI_BUS_PRIORITY = 2;
const SLOTS = 31;
/** What the property aer_log_max allows. */
const MOST_ERRORS = 128;

export const shpcSlot = vmsd("SHPC slot registers", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { status: buffer(2), event_latch: uint8, event_disable: uint8 },
});

/** The standard hot-plug controller's working registers. They are as the guest sees them: those of several bytes are little-endian. */
export const shpc = vmsd("SHPC registers", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    base_offset: buffer(4),
    slots_33_mhz: buffer(4),
    slots_66_mhz: buffer(4),
    slots: uint8,
    first_device: uint8,
    physical_slot: buffer(2),
    bus_configuration: buffer(2),
    msi_control: uint8,
    programming_interface: uint8,
    command: uint8,
    command_target: uint8,
    command_status: buffer(2),
    interrupt_locator: buffer(4),
    serr_locator: buffer(4),
    serr_interrupt: buffer(4),
    slot: array(struct(shpcSlot), SLOTS),
  },
});

/** A bridge between conventional buses. */
export const pciBridge = vmsd("pci_bridge", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["pci-bridge", "pci-bridge-seat"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  properties: { shpc: true },
  configured: { shpc: [true, false] },
  fields: { parent_obj: struct(pciDevice), shpc: custom("shpc", struct(shpc)) },
  exists: { shpc: (_s, m) => m.shpc },
});

export const aerError = vmsd("PCIE_AER_ERROR", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { status: uint32, source_id: uint16, flags: uint16, header: array(uint32, 4), prefix: array(uint32, 4) },
});

/** Errors that wait to be reported to the guest, the oldest first. */
export const aerLog = vmsd("PCIE_AER_ERROR_LOG", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { log_num: uint16, log_max: equal(uint16), log: varray(struct(aerError), "log_num", { max: MOST_ERRORS }) },
  validate: { log_max: (s) => s.log_num <= s.log_max },
});

/** A PCI Express root port. It has MSI, which is within configuration space, and no MSI-X. */
export const ioh3420 = vmsd("ioh-3240-express-root-port", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["ioh3420"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  fields: {
    "parent_obj.parent_obj.parent_obj": struct(pciDevice, { with: { express: () => true } }),
    "parent_obj.parent_obj.parent_obj.exp.aer_log": struct(aerLog),
  },
});
