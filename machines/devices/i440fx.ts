import { struct, unused, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** The host bridge: its state is in its configuration space. */
export const i440fx = vmsd("I440FX", {
  versionId: 3,
  minimumVersionId: 3,
  types: ["i440FX"],
  behindPath: true,
  // The unused byte told once whether SMM was on.
  fields: { parent_obj: struct(pciDevice), unused: unused(1) },
});
