import { array, struct, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";
import { serialPort } from "./serial.ts";

const PORTS = 4;

/** Several serial ports on a PCI card. The card of two has places for four as well, but QEMU fails when it sends them. */
export const pciSerialMulti = vmsd("pci-serial-multi", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pci-serial-2x", "pci-serial-4x"],
  behindPath: true,
  fields: { dev: struct(pciDevice), state: array(struct(serialPort), PORTS), level: array(uint32, PORTS) },
});
