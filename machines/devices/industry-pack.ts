import { array, bool, int32, struct, uint8, uint16, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** What every IndustryPack module has in front of its own state: where it sits on its carrier. */
export const ipackDevice = vmsd("ipack_device", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { slot: int32 },
});

/** TEWS's TPCI200, a carrier of four modules. */
export const tpci200 = vmsd("tpci200", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["tpci200"],
  behindPath: true,
  fields: { dev: struct(pciDevice), big_endian: array(bool, 3), ctrl: array(uint8, 4), status: uint16, int_set: uint8 },
});

/** A serial port of the module. */
export const scc2698Channel = vmsd("scc2698_channel", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    rx_enabled: bool,
    mr: array(uint8, 2),
    mr_idx: uint8,
    sr: uint8,
    rhr: array(uint8, 3),
    rhr_idx: uint8,
    rx_pending: uint8,
  },
});

/** What two ports share. */
export const scc2698Block = vmsd("scc2698_block", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { imr: uint8, isr: uint8 },
});

/** GE's IP-Octal 232: eight serial ports on an IndustryPack module. */
export const ipoctal232 = vmsd("ipoctal232", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["ipoctal232"],
  fields: {
    parent_obj: struct(ipackDevice),
    ch: array(struct(scc2698Channel), 8),
    blk: array(struct(scc2698Block), 4),
    irq_vector: uint8,
  },
});
