import { array, equal, int32, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";

const QUEUE = 1024;

/** The absolute pointer that guests of VMware know. */
export const vmmouse = vmsd("vmmouse", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["vmmouse"],
  fields: {
    queue_size: equal(int32, QUEUE),
    queue: array(uint32, QUEUE),
    nb_queue: uint16,
    status: uint16,
    absolute: uint8,
  },
});
