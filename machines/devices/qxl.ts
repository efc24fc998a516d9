import { array, equal, int32, struct, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";
import { vgaIsa } from "./vga.ts";

const MEMORY_SLOTS = 8;
const SURFACES = 1024;

/** Guest memory that commands may point into. */
export const qxlMemorySlot = vmsd("qxl-memslot", {
  versionId: 21,
  minimumVersionId: 21,
  fields: { "slot.mem_start": uint64, "slot.mem_end": uint64, active: uint32 },
});

/** The surface that is shown. */
export const qxlSurface = vmsd("qxl-surface", {
  versionId: 21,
  minimumVersionId: 21,
  fields: {
    width: uint32,
    height: uint32,
    stride: int32,
    format: uint32,
    position: uint32,
    mouse_mode: uint32,
    flags: uint32,
    type: uint32,
    mem: uint64,
  },
});

/** The paravirtual card of SPICE. Its rings are RAM; what it made of their commands is remembered as the guest addresses of these. */
export const qxl = vmsd("qxl", {
  versionId: 21,
  minimumVersionId: 21,
  types: ["pci-qxl", "qxl", "qxl-vga"],
  behindPath: true,
  fields: {
    pci: struct(pciDevice),
    vga: struct(vgaIsa),
    "shadow_rom.mode": uint32,
    num_free_res: uint32,
    last_release_offset: uint32,
    mode: uint32,
    "ssd.unique": uint32,
    num_memslots: equal(int32, MEMORY_SLOTS),
    guest_slots: array(struct(qxlMemorySlot), MEMORY_SLOTS),
    "guest_primary.surface": struct(qxlSurface),
    "ssd.num_surfaces": equal(int32, SURFACES),
    "guest_surfaces.cmds": array(uint64, SURFACES),
    guest_cursor: uint64,
  },
  subsections: {
    "qxl/monitors-config": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.guest_monitors_config !== 0n,
      fields: { guest_monitors_config: uint64 },
    },
  },
});
