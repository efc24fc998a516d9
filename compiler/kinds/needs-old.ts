import type { KindIr, VmsdIr } from "../ir.ts";
import type { Program } from "./kind.ts";
import { allSubsections } from "./vmsd-fields.ts";

/** True when a load compares with values that the state to load into has: somewhere an equal field has no other local value. */
export function needsOld(vmsd: VmsdIr, program: Program): boolean {
  return [vmsd, ...allSubsections(vmsd)].some(({ fields }) => fields.some(({ kind }) => compares(kind, program)));
}

function compares(kind: KindIr, program: Program): boolean {
  switch (kind.kind) {
    case "equal":
    case "int32 le":
      return kind.local === undefined;
    case "struct":
    case "vstruct":
    case "tmp":
      return needsOld(program.vmsd(kind.vmsd), program);
    case "pointer":
      return compares(kind.target, program);
    case "custom":
      return compares(kind.layout, program);
    // Elements have no counterpart that could be told without knowing the device.
    default:
      return false;
  }
}
