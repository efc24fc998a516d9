import { buffer, int32, struct, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** A Cirrus Logic GD5446; as a section of its own that of an ISA card. */
export const cirrusVgaIsa = vmsd("cirrus_vga", {
  versionId: 2,
  minimumVersionId: 1,
  types: ["isa-cirrus-vga"],
  behindPath: false,
  fields: {
    "vga.latch": uint32,
    "vga.sr_index": uint8,
    "vga.sr": buffer(256),
    "vga.gr_index": uint8,
    // Registers 0 and 1 hold something else in the extended write modes; `vga.gr` begins with register 2.
    cirrus_shadow_gr0: uint8,
    cirrus_shadow_gr1: uint8,
    "vga.gr": buffer(254),
    "vga.ar_index": uint8,
    "vga.ar": buffer(21),
    "vga.ar_flip_flop": int32,
    "vga.cr_index": uint8,
    "vga.cr": buffer(256),
    "vga.msr": uint8,
    "vga.fcr": uint8,
    "vga.st00": uint8,
    "vga.st01": uint8,
    "vga.dac_state": uint8,
    "vga.dac_sub_index": uint8,
    "vga.dac_read_index": uint8,
    "vga.dac_write_index": uint8,
    "vga.dac_cache": buffer(3),
    "vga.palette": buffer(768),
    "vga.bank_offset": int32,
    cirrus_hidden_dac_lockindex: uint8,
    cirrus_hidden_dac_data: uint8,
    "vga.hw_cursor_x": uint32,
    "vga.hw_cursor_y": uint32,
  },
});

/** A Cirrus Logic GD5446 on the PCI bus. Video memory is RAM. */
export const cirrusVgaPci = vmsd("cirrus_vga", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["cirrus-vga"],
  behindPath: true,
  fields: { dev: struct(pciDevice), cirrus_vga: struct(cirrusVgaIsa) },
});
