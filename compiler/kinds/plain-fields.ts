import { decided, foldCondition } from "../expr/fold.ts";
import type { FieldIr, VmsdIr } from "../ir.ts";
import { shapeOf } from "./body/shape.ts";
import { sizeOf } from "./index.ts";
import type { Program } from "./kind.ts";

/**
 * The fields on the wire of a vmsd that is nothing but fixed fields, none of which is ever refused, at the versions at which it is written
 * and read. Undefined for any other.
 */
export function plainFields(
  vmsd: VmsdIr,
  versions: { readonly save: number; readonly load: number },
  program: Program,
): readonly FieldIr[] | undefined {
  // A wide one is no literal: only its own functions make it.
  if (vmsd.subsections.length > 0 || shapeOf(vmsd).form !== "literal") return undefined;
  if (versions.load < vmsd.minimumVersionId || versions.load > vmsd.versionId) return undefined;
  const present: FieldIr[] = [];
  for (const field of vmsd.fields) {
    const onSave = isThere(field, versions.save);
    if (onSave === undefined || onSave !== isThere(field, versions.load) || field.validate !== undefined) return undefined;
    if (!onSave) continue;
    if (sizeOf(field.kind, program) === undefined) return undefined;
    present.push(field);
  }
  return present;
}

/** Whether a field is on the wire at a version; undefined when that depends on more. */
function isThere(field: FieldIr, versionId: number): boolean | undefined {
  if (field.exists === undefined) return field.since <= versionId;
  return decided(foldCondition(field.exists, { properties: {}, versionId }));
}
