import { array, struct, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** One of two playback channels and a capture channel: its frame in guest memory, and the samples counted down. */
export const es1370Channel = vmsd("es1370_channel", {
  versionId: 2,
  minimumVersionId: 2,
  fields: { shift: uint32, leftover: uint32, scount: uint32, frame_addr: uint32, frame_cnt: uint32 },
});

/** Ensoniq's AudioPCI ES1370. */
export const es1370 = vmsd("es1370", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["ES1370"],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    chan: array(struct(es1370Channel), 3),
    ctl: uint32,
    status: uint32,
    mempage: uint32,
    codec: uint32,
    sctl: uint32,
  },
});
