import { custom, qtailq, struct, uint32, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";
import { virtqueueElement } from "./virtqueue-element.ts";

/** Queues, and elements of each, that a device has at most. */
const MOST_QUEUES = 1024;
const LONGEST_QUEUE = 1024;

/** A request that failed in a guest that stops on errors, and is tried again when it runs. */
export const virtioBlkRequest = vmsd("virtio-blk request", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { several_queues: false },
  fields: { vq_index: uint32, elem: struct(virtqueueElement) },
  exists: { vq_index: (_s, m) => m.several_queues },
});

/** The disk with what is around it; the newest request is first. */
export const virtioBlkOverPci = vmsd("virtio-blk over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    head: struct(virtioHead),
    requests: qtailq(virtioBlkRequest, {
      max: MOST_QUEUES * LONGEST_QUEUE,
      with: { several_queues: (s) => s.head.num_queues > 1 },
    }),
    tail: struct(virtioTail),
  },
});

/** A virtio disk. */
export const virtioBlk = vmsd("virtio-blk", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["virtio-blk-device"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioBlkOverPci)) },
});
