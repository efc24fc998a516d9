import { shapeOf } from "../emit/shape.ts";
import type { Value } from "../expr/expr.ts";
import { decided, foldCondition } from "../expr/fold.ts";
import type { FieldIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { isInState, parseJson, sizeOf, zeroOf } from "./index.ts";
import type { Program } from "./kind.ts";

const kept = new WeakMap<VmsdIr, readonly FieldIr[]>();

/** All fields of the state, in order: the vmsd's own, then those of its subsections, without padding. */
export function stateFields(vmsd: VmsdIr): readonly FieldIr[] {
  const known = kept.get(vmsd);
  if (known !== undefined) return known;
  const fields = [vmsd, ...allSubsections(vmsd)].flatMap((body) => body.fields).filter(({ kind }) => isInState(kind));
  kept.set(vmsd, fields);
  return fields;
}

/** Subsections and those within them, each before its own. */
export function allSubsections({ subsections }: { readonly subsections: readonly SubsectionIr[] }): readonly SubsectionIr[] {
  return subsections.flatMap((subsection) => [subsection, ...allSubsections(subsection)]);
}

/** A field's value when the wire did not carry it. */
export function absentOf(field: FieldIr, program: Program): Value {
  return field.absent === undefined ? zeroOf(field.kind, program) : parseJson(field.kind, field.absent, program);
}

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
