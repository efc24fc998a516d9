import { uint32, varBuffer, vmsd } from "../../compiler/schema/index.ts";

export const fifo8 = vmsd("Fifo8", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { capacity: 16 },
  fields: { data: varBuffer((_s, m) => m.capacity, { max: 4096 }), head: uint32, num: uint32 },
});
