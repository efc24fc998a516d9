import { array, buffer, int32, struct, timer, uint16, uint32, uint64, unused, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** The controller itself: control and status registers, bus registers, and the packet that is being put together. */
export const pcnetCore = vmsd("pcnet", {
  versionId: 3,
  minimumVersionId: 2,
  fields: {
    rap: int32,
    isr: int32,
    lnkst: int32,
    rdra: uint32,
    tdra: uint32,
    prom: buffer(16),
    csr: array(uint16, 128),
    bcr: array(uint16, 32),
    timer: uint64,
    xmit_pos: int32,
    buffer: buffer(4096),
    unused: unused(4),
    tx_busy: int32,
    poll_timer: timer,
  },
  exists: { unused: (_s, _m, versionId) => versionId === 2 },
});

/** The AMD PCnet-PCI II. */
export const pcnet = vmsd("pcnet", {
  versionId: 3,
  minimumVersionId: 2,
  types: ["pcnet"],
  behindPath: true,
  fields: { parent_obj: struct(pciDevice), state: struct(pcnetCore) },
});
