import { struct, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";
import { usbDevice } from "./usb.ts";

/** A USB stick, bulk-only: the command under way. The disk on it has a section of its own. */
export const usbStorage = vmsd("usb-storage", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["usb-bot", "usb-storage", "usb-storage-dev"],
  behindPath: true,
  fields: {
    dev: struct(usbDevice),
    // 0 command, 1 data out, 2 data in, 3 status.
    mode: uint32,
    scsi_len: uint32,
    scsi_off: uint32,
    data_len: uint32,
    "csw.sig": uint32,
    "csw.tag": uint32,
    "csw.residue": uint32,
    "csw.status": uint8,
  },
});
