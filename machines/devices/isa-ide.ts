import { array, named, struct, vmsd } from "../../compiler/schema/index.ts";
import { ideBus, ideDrive } from "./ide.ts";

/** An IDE channel on the ISA bus. */
export const isaIde = vmsd("isa-ide", {
  versionId: 3,
  minimumVersionId: 0,
  fields: { bus: struct(ideBus), drives: named("bus.ifs", array(struct(ideDrive), 2)) },
});
