import { custom, struct, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";

/** Keyboards and pointers have nothing of their own. */
export const virtioInputOverPci = vmsd("virtio-input over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { head: struct(virtioHead), tail: struct(virtioTail) },
});

/** A virtio keyboard, mouse or tablet. */
export const virtioInput = vmsd("virtio-input", {
  versionId: 1,
  minimumVersionId: 1,
  types: [
    "virtio-input-device",
    "virtio-input-hid-device",
    "virtio-keyboard-device",
    "virtio-mouse-device",
    "virtio-multitouch-device",
    "virtio-tablet-device",
  ],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioInputOverPci)) },
});
