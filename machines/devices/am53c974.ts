import { bool, buffer, int32, named, since, struct, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";
import { fifo8 } from "./fifo8.ts";
import { pciDevice } from "./pci.ts";

/** Layouts of the ESP: the first with two FIFOs, and those in which fields were added or dropped behind them. */
const FIFOS = 5;
const LUN = 6;
const DRQ_STATE = 7;

const DATA_FIFO = 16;
const COMMAND_FIFO = 32;

/** The ESP, a SCSI controller of many boards; `mig_version_id` says its layout, which its own version on the wire does not. */
export const esp = vmsd("esp", {
  versionId: 7,
  minimumVersionId: 3,
  properties: { mig_version_id: 0 },
  fields: {
    rregs: buffer(16),
    wregs: buffer(16),
    ti_size: int32,
    mig_ti_rptr: uint32,
    mig_ti_wptr: uint32,
    mig_ti_buf: buffer(16),
    status: uint32,
    mig_deferred_status: uint32,
    mig_deferred_complete: bool,
    dma: uint32,
    mig_cmdbuf: buffer(16),
    // From byte 16 on.
    mig_cmdbuf_rest: named("mig_cmdbuf", buffer(16)),
    mig_cmdlen: uint32,
    do_cmd: uint32,
    mig_dma_left: uint32,
    data_ready: bool,
    cmdfifo_cdb_offset: uint8,
    fifo: struct(fifo8, { with: { capacity: () => DATA_FIFO } }),
    cmdfifo: struct(fifo8, { with: { capacity: () => COMMAND_FIFO } }),
    mig_ti_cmd: uint8,
    lun: uint8,
    drq_state: bool,
  },
  exists: {
    mig_ti_rptr: (_s, m) => m.mig_version_id < FIFOS,
    mig_ti_wptr: (_s, m) => m.mig_version_id < FIFOS,
    mig_ti_buf: (_s, m) => m.mig_version_id < FIFOS,
    mig_deferred_status: (_s, m) => m.mig_version_id < FIFOS,
    mig_deferred_complete: (_s, m) => m.mig_version_id < FIFOS,
    mig_cmdbuf: (_s, m) => m.mig_version_id < FIFOS,
    mig_cmdbuf_rest: (_s, m) => m.mig_version_id < FIFOS,
    mig_cmdlen: (_s, m) => m.mig_version_id < FIFOS,
    mig_dma_left: (_s, m) => m.mig_version_id < FIFOS,
    data_ready: (_s, m) => m.mig_version_id >= FIFOS,
    cmdfifo_cdb_offset: (_s, m) => m.mig_version_id >= FIFOS,
    fifo: (_s, m) => m.mig_version_id >= FIFOS,
    cmdfifo: (_s, m) => m.mig_version_id >= FIFOS,
    mig_ti_cmd: (_s, m) => m.mig_version_id >= FIFOS && m.mig_version_id <= LUN,
    lun: (_s, m) => m.mig_version_id >= LUN,
    drq_state: (_s, m) => m.mig_version_id >= DRQ_STATE,
  },
  formerly: {
    mig_ti_rptr: "ti_rptr",
    mig_ti_wptr: "ti_wptr",
    mig_ti_buf: "ti_buf",
    mig_deferred_status: "deferred_status",
    mig_deferred_complete: "deferred_complete",
    mig_cmdbuf: "cmdbuf",
    mig_cmdbuf_rest: "cmdbuf",
    mig_cmdlen: "cmdlen",
    mig_dma_left: "dma_left",
    data_ready: "data_in_ready",
    mig_ti_cmd: "ti_cmd",
  },
});

/** The AMD 53C974, and the Tekram DC-390 that is built with one. */
export const am53c974 = vmsd("pciespscsi", {
  versionId: 2,
  minimumVersionId: 1,
  types: ["am53c974", "dc390"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice),
    // Eight words as they lie in memory: little-endian.
    dma_regs: buffer(32),
    "esp.mig_version_id": since(2, uint8),
    esp: struct(esp, { with: { mig_version_id: (s, _m, versionId) => (versionId < 2 ? 0 : s["esp.mig_version_id"]) } }),
  },
});
