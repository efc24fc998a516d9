import { array, buffer, struct, uint8, uint16, uint32, unused, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** A bus master: where it stands in its list of buffers. */
export const ac97BusMaster = vmsd("ac97_bm_regs", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    bdbar: uint32,
    civ: uint8,
    lvi: uint8,
    sr: uint16,
    picb: uint16,
    piv: uint8,
    cr: uint8,
    bd_valid: uint32,
    "bd.addr": uint32,
    "bd.ctl_len": uint32,
  },
});

/** Intel's 82801AA AC97 sound: bus masters for PCM in, PCM out and the microphone. */
export const ac97 = vmsd("ac97", {
  versionId: 3,
  minimumVersionId: 2,
  types: ["AC97"],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    glob_cnt: uint32,
    glob_sta: uint32,
    cas: uint32,
    bm_regs: array(struct(ac97BusMaster), 3),
    mixer_data: buffer(256),
    // Told which of the three were active, as their registers do.
    unused: unused(3),
  },
  exists: { unused: (_s, _m, versionId) => versionId === 2 },
});
