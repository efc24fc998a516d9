import { array, bool, int32, int64, struct, timer, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

const MOST_PORTS = 15;

/** A root port. */
export const ohciPort = vmsd("ohci-core/port", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { ctrl: uint32 },
});

/** An OHCI controller apart from the bus that it sits on, with the data of the transfer under way. */
export const ohciCore = vmsd("ohci-core", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    sof_time: int64,
    ctl: uint32,
    status: uint32,
    intr_status: uint32,
    intr: uint32,
    hcca: uint32,
    ctrl_head: uint32,
    ctrl_cur: uint32,
    bulk_head: uint32,
    bulk_cur: uint32,
    per_cur: uint32,
    done: uint32,
    done_count: int32,
    fsmps: uint16,
    fit: uint8,
    fi: uint16,
    frt: uint8,
    frame_number: uint16,
    padding: uint16,
    pstart: uint32,
    lst: uint32,
    rhdesc_a: uint32,
    rhdesc_b: uint32,
    rhstatus: uint32,
    rhport: array(struct(ohciPort), MOST_PORTS),
    hstatus: uint32,
    hmask: uint32,
    hreset: uint32,
    htest: uint32,
    old_ctl: uint32,
    usb_buf: array(uint8, 8192),
    async_td: uint32,
    async_complete: bool,
  },
  subsections: {
    "ohci-core/eof-timer": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.eof_timer !== -1n,
      absent: { eof_timer: -1n },
      fields: { eof_timer: timer },
    },
  },
});

/** A USB 1.1 controller whose lists of transfers are in guest memory. */
export const ohci = vmsd("ohci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pci-ohci"],
  behindPath: true,
  fields: { parent_obj: struct(pciDevice), state: struct(ohciCore) },
});
