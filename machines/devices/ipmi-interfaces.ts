import { array, bool, struct, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";
import { ipmiKcs } from "./ipmi.ts";
import { pciDevice } from "./pci.ts";
import { smbusDevice } from "./smbus.ts";

const LONGEST_MESSAGE = 300;

/** Block transfer: a message at a time. */
export const ipmiBt = vmsd("ipmi-interface-bt", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    obf_irq_set: bool,
    atn_irq_set: bool,
    irqs_enabled: bool,
    outpos: uint32,
    outlen: uint32,
    outmsg: array(uint8, LONGEST_MESSAGE),
    inlen: uint32,
    inmsg: array(uint8, LONGEST_MESSAGE),
    control_reg: uint8,
    mask_reg: uint8,
    waiting_rsp: uint8,
    waiting_seq: uint8,
  },
});

/** Block transfer on the ISA bus. */
export const isaIpmiBt = vmsd("ipmi-interface-isa-bt", {
  versionId: 2,
  minimumVersionId: 2,
  fields: { bt: struct(ipmiBt) },
});

/** Block transfer on the PCI bus. */
export const pciIpmiBt = vmsd("ipmi-interface-pci-bt", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pci-ipmi-bt"],
  behindPath: true,
  fields: { dev: struct(pciDevice), bt: struct(ipmiBt) },
});

/** Keyboard controller style on the PCI bus. */
export const pciIpmiKcs = vmsd("ipmi-interface-pci-kcs", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pci-ipmi-kcs"],
  behindPath: true,
  fields: { dev: struct(pciDevice), kcs: struct(ipmiKcs) },
});

/** A management controller's interface on the SMBus; longer messages go in blocks. */
export const smbusIpmi = vmsd("smbus-ipmi", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["smbus-ipmi"],
  fields: {
    parent: struct(smbusDevice),
    waiting_rsp: uint8,
    outlen: uint32,
    currblk: uint32,
    outmsg: array(uint8, 255),
    outpos: uint32,
    outbuf: array(uint8, 33),
    inlen: uint32,
    inmsg: array(uint8, 255),
  },
});
