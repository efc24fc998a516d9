import { array, int32, since, struct, uint8, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Interrupt lines of PCI that it routes to the ISA ones. */
const LINES = 4;

/** The bridge to ISA. */
export const piix3 = vmsd("PIIX3", {
  versionId: 3,
  minimumVersionId: 2,
  types: ["PIIX3"],
  behindPath: true,
  // The levels are for the record: a load takes them from the bus.
  fields: { dev: struct(pciDevice), pci_irq_levels_vmstate: since(3, array(int32, LINES)) },
  subsections: {
    // The reset control register, port 0xcf9.
    "PIIX3/rcr": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { rcr: uint8 },
      needed: (s) => s.rcr !== 0,
    },
  },
});
