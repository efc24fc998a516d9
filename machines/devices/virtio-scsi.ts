import { custom, struct, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";

/** The adapter has nothing of its own; requests go with the disks that they are for. */
export const virtioScsiOverPci = vmsd("virtio-scsi over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { head: struct(virtioHead), tail: struct(virtioTail) },
});

/** A virtio SCSI adapter. */
export const virtioScsi = vmsd("virtio-scsi", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["virtio-scsi-device", "vhost-user-scsi"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioScsiOverPci)) },
});
