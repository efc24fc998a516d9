import { array, bool, buffer, equal, int32, struct, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** A VGA core with Bochs's VBE registers; as a section of its own that of an ISA card, or the one within vmware-svga. */
export const vgaIsa = vmsd("vga", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["isa-vga"],
  behindPath: false,
  fields: {
    latch: uint32,
    sr_index: uint8,
    sr: buffer(8),
    gr_index: uint8,
    gr: buffer(16),
    ar_index: uint8,
    ar: buffer(21),
    ar_flip_flop: int32,
    cr_index: uint8,
    cr: buffer(256),
    msr: uint8,
    fcr: uint8,
    st00: uint8,
    st01: uint8,
    dac_state: uint8,
    dac_sub_index: uint8,
    dac_read_index: uint8,
    dac_write_index: uint8,
    dac_cache: buffer(3),
    palette: buffer(768),
    bank_offset: int32,
    // 0 on an ISA card, and on qxl beside another card.
    is_vbe_vmstate: equal(uint8),
    vbe_index: uint16,
    vbe_regs: array(uint16, 10),
    vbe_start_addr: uint32,
    vbe_line_offset: uint32,
    vbe_bank_mask: uint32,
  },
  subsections: {
    // Sent when it is not the target's own byte order, and a PC is little-endian.
    "vga.endian": { versionId: 1, minimumVersionId: 1, needed: (s) => s.big_endian_fb, fields: { big_endian_fb: bool } },
  },
});

/** The standard VGA card of PCI, also as a second one without VGA's ports. Video memory is RAM. */
export const vgaPci = vmsd("vga", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["VGA", "pci-vga", "secondary-vga"],
  behindPath: true,
  fields: { dev: struct(pciDevice), vga: struct(vgaIsa) },
});

/** The VGA half of a virtio card, whose other half is a section of its own. */
export const virtioVga = vmsd("virtio-vga", {
  versionId: 2,
  minimumVersionId: 2,
  types: [
    "vhost-user-vga",
    "vhost-user-vga-base-type",
    "virtio-vga",
    "virtio-vga-base",
    "virtio-vga-base-type",
    "virtio-vga-gl",
    "virtio-vga-gl-base-type",
  ],
  behindPath: true,
  fields: { vga: struct(vgaIsa) },
});
