import { buffer, uint32, unused, vmsd } from "../../compiler/schema/index.ts";

/** Buffers that an element has at most in each direction. */
const BUFFERS = 1024;
const ADDRESS = 8;
/** A host's `struct iovec`: its base, which is sent as 0, and its length. */
const IOVEC = 16;

/**
 * An element that a device took from its queue and has not given back. It is an image of the emulator's memory, so that all numbers are
 * little-endian; of each list the first `in_num` or `out_num` entries count.
 */
export const virtqueueElement = vmsd("virtqueue element", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { packed: false },
  fields: {
    ndescs: uint32,
    index: buffer(4),
    out_num: buffer(4),
    in_num: buffer(4),
    padding: unused(4),
    in_addr: buffer(BUFFERS * ADDRESS),
    out_addr: buffer(BUFFERS * ADDRESS),
    in_sg: buffer(BUFFERS * IOVEC),
    out_sg: buffer(BUFFERS * IOVEC),
  },
  exists: { ndescs: (_s, m) => m.packed },
});
