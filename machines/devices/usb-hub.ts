import { array, struct, timer, uint16, vmsd } from "../../compiler/schema/index.ts";
import { usbDevice } from "./usb.ts";

const PORTS = 8;

/** A port of the hub: what is plugged in and what changed since the guest looked. */
export const usbHubPort = vmsd("usb-hub-port", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { wPortStatus: uint16, wPortChange: uint16 },
});

/** The USB hub, which a board adds by itself when more is plugged in than its controller has ports. */
export const usbHub = vmsd("usb-hub", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["usb-hub"],
  behindPath: true,
  properties: { port_power: false },
  configured: { port_power: [false, true] },
  fields: { dev: struct(usbDevice), ports: array(struct(usbHubPort), PORTS) },
  subsections: {
    "usb-hub/port-timer": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => m.port_power,
      absent: { port_timer: -1n },
      fields: { port_timer: timer },
    },
  },
});
