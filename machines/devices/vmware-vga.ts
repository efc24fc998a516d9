import { array, equal, int32, struct, uint32, unused, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

const SCRATCH_WORDS = 0x8000;
/** Bits of a pixel, in the one format that there is. */
const DEPTH = 32;

/** The SVGA registers. */
export const vmwareSvga = vmsd("vmware_vga_internal", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    new_depth: equal(int32, DEPTH),
    enable: int32,
    config: int32,
    "cursor.id": int32,
    "cursor.x": int32,
    "cursor.y": int32,
    "cursor.on": int32,
    index: int32,
    scratch: array(uint32, SCRATCH_WORDS),
    new_width: int32,
    new_height: int32,
    guest: uint32,
    svgaid: uint32,
    syncing: int32,
    // Was the size of the FIFO, which is RAM like the video memory.
    unused: unused(4),
  },
});

/** VMware's SVGA II. Its VGA core is a section of its own, `vga` without a path. */
export const vmwareVga = vmsd("vmware_vga", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["vmware-svga"],
  behindPath: true,
  fields: { parent_obj: struct(pciDevice), chip: struct(vmwareSvga) },
});
