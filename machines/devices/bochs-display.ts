import { array, bool, struct, uint16, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** A display that has Bochs's VBE registers and nothing of VGA. */
export const bochsDisplay = vmsd("bochs-display", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["bochs-display"],
  behindPath: true,
  fields: { pci: struct(pciDevice), vbe_regs: array(uint16, 10), big_endian_fb: bool },
});
