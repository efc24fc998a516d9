import { array, equal, int64, since, struct, timer, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

const PORTS = 2;

/** One of a UHCI controller's root ports. */
export const uhciPort = vmsd("uhci port", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { ctrl: uint16 },
});

/** A USB 1.1 controller for full and low speed, as in PIIX and ICH9 chipsets, where it also is the companion of an EHCI one. */
export const uhci = vmsd("uhci", {
  versionId: 3,
  minimumVersionId: 1,
  types: [
    "ich9-usb-uhci1",
    "ich9-usb-uhci2",
    "ich9-usb-uhci3",
    "ich9-usb-uhci4",
    "ich9-usb-uhci5",
    "ich9-usb-uhci6",
    "pci-uhci-usb",
    "piix3-usb-uhci",
    "piix4-usb-uhci",
    "vt82c686b-usb-uhci",
  ],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    num_ports_vmstate: equal(uint8, PORTS),
    ports: array(struct(uhciPort), PORTS),
    cmd: uint16,
    status: uint16,
    intr: uint16,
    frnum: uint16,
    fl_base_addr: uint32,
    sof_timing: uint8,
    status2: uint8,
    frame_timer: timer,
    expire_time: since(2, int64),
    pending_int_mask: since(3, uint32),
  },
});
