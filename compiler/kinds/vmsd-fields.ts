import type { Value } from "../expr/expr.ts";
import type { FieldIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { isInState, parseJson, zeroOf } from "./index.ts";
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
