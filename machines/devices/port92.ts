import { uint8, vmsd } from "../../compiler/schema/index.ts";

/** System control port A, whose bit 1 is the A20 gate. */
export const port92 = vmsd("port92", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["port92"],
  fields: { outport: uint8 },
});
