import { uint8, vmsd } from "../../compiler/schema/index.ts";

/** The speaker behind the interval timer. Machine types before 2.8 do not send it. */
export const pcspk = vmsd("pcspk", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["isa-pcspk"],
  properties: { migrate: true },
  fields: { data_on: uint8, dummy_refresh_clock: uint8 },
  needed: (_s, m) => m.migrate,
});
