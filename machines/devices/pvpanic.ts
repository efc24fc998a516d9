import { struct, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Through which a guest tells that it crashed; the one on the ISA bus has no section. */
export const pvpanicPci = vmsd("pvpanic-pci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pvpanic-pci"],
  behindPath: true,
  fields: { dev: struct(pciDevice) },
});
