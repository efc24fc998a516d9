import { uint32, varBuffer, vmsd } from "../../compiler/schema/index.ts";

/** The largest among the devices here. */
const MOST = 32;

/** A ring of `num` bytes from `head` on. Its capacity is the device's, and not on the wire. */
export const fifo8 = vmsd("Fifo8", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { capacity: 16 },
  fields: { data: varBuffer((_s, m) => m.capacity, { max: MOST }), head: uint32, num: uint32 },
});
