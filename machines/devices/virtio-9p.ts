import { custom, struct, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";

/** Nothing of its own: a guest with the file system mounted cannot be migrated. */
export const virtio9pOverPci = vmsd("virtio-9p over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { head: struct(virtioHead), tail: struct(virtioTail) },
});

/** A directory of the host as a file system of 9P. */
export const virtio9p = vmsd("virtio-9p", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["virtio-9p-device"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtio9pOverPci)) },
});
