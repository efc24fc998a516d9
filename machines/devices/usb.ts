import { array, int32, uint8, vmsd } from "../../compiler/schema/index.ts";

/** What every USB device has in front of its own state: its address, and the control transfer under way. */
export const usbDevice = vmsd("USBDevice", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    addr: uint8,
    // 0 not attached, 1 attached, 3 default, 6 suspended.
    state: int32,
    remote_wakeup: int32,
    setup_state: int32,
    setup_len: int32,
    setup_index: int32,
    setup_buf: array(uint8, 8),
  },
});
