import { buffer, struct, vmsd } from "../../compiler/schema/index.ts";

/** Where the framebuffer is, as the firmware wrote it: address, format, width, height and stride. */
export const ramfbConfiguration = vmsd("ramfb", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { cfg: buffer(28) },
});

/** A framebuffer in guest memory without a card. Machine types before 8.2 do not send it. */
export const ramfb = vmsd("ramfb-dev", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["ramfb"],
  properties: { x_migrate: false },
  fields: { state: struct(ramfbConfiguration) },
  needed: (_s, m) => m.x_migrate,
});
