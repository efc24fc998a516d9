import { since, struct, timer, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** An EHCI controller apart from the bus that it sits on: operational registers, root ports, and where its two schedules stand. */
export const ehciCore = vmsd("ehci-core", {
  versionId: 2,
  minimumVersionId: 1,
  fields: {
    usbcmd: uint32,
    usbsts: uint32,
    usbsts_pending: since(2, uint32),
    usbsts_frindex: since(2, uint32),
    usbintr: uint32,
    frindex: uint32,
    ctrldssegment: uint32,
    periodiclistbase: uint32,
    asynclistaddr: uint32,
    configflag: uint32,
    "portsc[0]": uint32,
    "portsc[1]": uint32,
    "portsc[2]": uint32,
    "portsc[3]": uint32,
    "portsc[4]": uint32,
    "portsc[5]": uint32,
    frame_timer: timer,
    last_run_ns: uint64,
    async_stepdown: uint32,
    astate: uint32,
    pstate: uint32,
    a_fetch_addr: uint32,
    p_fetch_addr: uint32,
  },
});

/** A USB 2.0 controller for high speed. */
export const ehci = vmsd("ehci", {
  versionId: 2,
  minimumVersionId: 1,
  types: ["ich9-usb-ehci1", "ich9-usb-ehci2", "pci-ehci-usb", "usb-ehci"],
  behindPath: true,
  fields: { pcidev: struct(pciDevice), ehci: since(2, struct(ehciCore)) },
});
