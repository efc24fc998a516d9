import { buffer, uint32, unused, varBuffer, vmsd } from "../../compiler/schema/index.ts";

/** Buffers that an element has at most in each direction. */
const BUFFERS = 1024;
const ADDRESSES = BUFFERS * 8;
/** A host's `struct iovec`: its base, which is sent as 0, and its length. */
const IOVECS = BUFFERS * 16;

/**
 * An element that a device took from its queue and has not given back. It is an image of the emulator's memory, so that all numbers are
 * little-endian; of each list the first `in_num` or `out_num` entries count. The lists have one size on the wire, and are empty in a
 * state without an element.
 */
export const virtqueueElement = vmsd("virtqueue element", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { packed: false },
  configured: { packed: [false, true] },
  fields: {
    ndescs: uint32,
    index: buffer(4),
    out_num: buffer(4),
    in_num: buffer(4),
    padding: unused(4),
    in_addr: varBuffer(ADDRESSES, { max: ADDRESSES }),
    out_addr: varBuffer(ADDRESSES, { max: ADDRESSES }),
    in_sg: varBuffer(IOVECS, { max: IOVECS }),
    out_sg: varBuffer(IOVECS, { max: IOVECS }),
  },
  exists: { ndescs: (_s, m) => m.packed },
});
