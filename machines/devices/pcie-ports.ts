import { custom, struct, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";
import { aerLog, shpc } from "./pci-bridge.ts";

/** QEMU loads bridges first, so that a device finds its bus at the number that the guest gave it. */
const PCI_BUS_PRIORITY = 2;

/** Intel's 82801 bridge to a conventional bus. */
export const i82801b11Bridge = vmsd("i82801b11_bridge", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["i82801b11-bridge"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  fields: { parent_obj: struct(pciDevice) },
});

/** A bridge from PCI Express to a conventional bus whose slots can be hot-plugged. */
export const pciePciBridge = vmsd("pcie-pci-bridge", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["pcie-pci-bridge"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  fields: { parent_obj: struct(pciDevice, { with: { express: () => true } }), shpc: custom("shpc", struct(shpc)) },
});

/** QEMU's own root port. Machine types before 2.10 do not send its MSI-X. */
export const pcieRootPort = vmsd("pcie-root-port", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pcie-root-port"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  properties: { x_migrate_msix: true },
  fields: {
    "parent_obj.parent_obj.parent_obj": struct(pciDevice, { with: { express: () => true } }),
    "parent_obj.parent_obj.parent_obj.exp.aer_log": struct(aerLog),
    "parent_obj.parent_obj.parent_obj.parent_obj": struct(msix, {
      with: { vectors: (s) => msixVectors(s["parent_obj.parent_obj.parent_obj"].express_config) },
    }),
  },
  exists: { "parent_obj.parent_obj.parent_obj.parent_obj": (_s, m) => m.x_migrate_msix },
});

/** The port of a TI XIO3130 switch towards the root. */
export const xio3130Upstream = vmsd("xio3130-express-upstream-port", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["x3130-upstream"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  fields: {
    "parent_obj.parent_obj": struct(pciDevice, { with: { express: () => true } }),
    "parent_obj.parent_obj.exp.aer_log": struct(aerLog),
  },
});

/** A port of a TI XIO3130 switch towards a device. */
export const xio3130Downstream = vmsd("xio3130-express-downstream-port", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["xio3130-downstream"],
  behindPath: true,
  priority: PCI_BUS_PRIORITY,
  fields: {
    "parent_obj.parent_obj.parent_obj": struct(pciDevice, { with: { express: () => true } }),
    "parent_obj.parent_obj.parent_obj.exp.aer_log": struct(aerLog),
  },
});
