import { array, int32, struct, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";
import { usbDevice } from "./usb.ts";

/** Events or key codes that wait for the guest at most. */
const QUEUE = 16;

/** A movement that the guest has not fetched; a tablet's are positions, a mouse's are distances. */
export const hidPointerEvent = vmsd("HIDPointerEventQueue", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { xdx: int32, ydy: int32, dz: int32, buttons_state: int32 },
});

/** A pointing device as a HID class device. */
export const hidPointer = vmsd("HIDPointerDevice", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { "ptr.queue": array(struct(hidPointerEvent), QUEUE), head: uint32, n: uint32, protocol: int32, idle: uint8 },
});

/** A keyboard as a HID class device: key codes that wait, and the keys held down. */
export const hidKeyboard = vmsd("HIDKeyboardDevice", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    "kbd.keycodes": array(uint32, QUEUE),
    head: uint32,
    n: uint32,
    "kbd.modifiers": uint16,
    "kbd.leds": uint8,
    "kbd.key": array(uint8, 16),
    "kbd.keys": int32,
    protocol: int32,
    idle: uint8,
  },
});

/** The USB mouse and the USB tablet. */
export const usbPointer = vmsd("usb-ptr", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["usb-mouse", "usb-tablet"],
  behindPath: true,
  fields: { dev: struct(usbDevice), hid: struct(hidPointer) },
});

/** The USB keyboard. */
export const usbKeyboard = vmsd("usb-kbd", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["usb-kbd"],
  behindPath: true,
  fields: { dev: struct(usbDevice), hid: struct(hidKeyboard) },
});
