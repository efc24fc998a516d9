import { buffer, int32, int64, vmsd } from "../../compiler/schema/index.ts";

/** Gravis's UltraSound; its synthesizer's registers lie behind the megabyte of samples. */
export const gus = vmsd("gus", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["gus"],
  fields: { pos: int32, left: int32, shift: int32, irqs: int32, samples: int32, last_ticks: int64, himem: buffer(1052704) },
});
