import { buffer, since, struct, uint8, uint16, uint32, unused, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** The DP8390 with its packet memory, which both cards have. */
export const ne2000Core = vmsd("ne2000", {
  versionId: 2,
  minimumVersionId: 0,
  fields: {
    rxcr: since(2, uint8),
    cmd: uint8,
    start: uint32,
    stop: uint32,
    boundary: uint8,
    tsr: uint8,
    tpsr: uint8,
    tcnt: uint16,
    rcnt: uint16,
    rsar: uint32,
    rsr: uint8,
    isr: uint8,
    dcfg: uint8,
    imr: uint8,
    phys: buffer(6),
    curpag: uint8,
    mult: buffer(8),
    unused: unused(4),
    mem: buffer(49152),
  },
});

/** The NE2000 for PCI: the RTL8029. */
export const ne2000Pci = vmsd("ne2000", {
  versionId: 3,
  minimumVersionId: 3,
  types: ["ne2k_pci"],
  behindPath: true,
  fields: { dev: struct(pciDevice), ne2000: struct(ne2000Core) },
});

/** The NE2000 for ISA. */
export const ne2000Isa = vmsd("ne2000", {
  versionId: 2,
  minimumVersionId: 0,
  types: ["ne2k_isa"],
  behindPath: false,
  fields: { ne2000: struct(ne2000Core) },
});
