import { struct, vmsd } from "../../compiler/schema/index.ts";
import { usbDevice } from "./usb.ts";

/** A device of the host that the guest uses. It stays behind: the guest sees it unplugged. */
export const usbHost = vmsd("usb-host", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["usb-host"],
  behindPath: true,
  fields: { parent_obj: struct(usbDevice) },
});
