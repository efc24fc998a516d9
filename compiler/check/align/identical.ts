import { type Field, isOpaque, type Vmsd } from "../../describe/index.ts";
import type { SectionPair } from "../pair.ts";
import type { Comparison } from "./align-run.ts";
import { addCoverage, emptyCoverage, type FieldCoverage } from "./coverage.ts";

/**
 * True when a section is described alike on both sides, which most are; its fields are then added to `coverage` and its opaque ones
 * to `opaque` exactly as the alignment would. Knows only the keys of plain dumps. False says nothing: the alignment decides. Exists for
 * speed alone.
 */
export function isIdentical(
  { type, from, to }: SectionPair,
  how: Comparison,
  coverage: FieldCoverage,
  opaque: string[],
  known: Map<Vmsd, Compared>,
): boolean {
  const left = from?.section;
  const right = to?.section;
  if (left?.Description === undefined || right?.Description === undefined || from?.type !== to?.type || from?.type !== type) return false;
  if (!how.plain) return false;
  if (left.version_id !== right.version_id || left.minimum_version_id !== right.minimum_version_id) return false;
  let compared = known.get(left.Description);
  if (compared?.to !== right.Description) {
    compared = { to: right.Description, same: false, coverage: emptyCoverage(), opaque: [] };
    compared.same = sameVmsd(left.Description, right.Description, "", how.countsKnown, compared.coverage, compared.opaque);
    known.set(left.Description, compared);
  }
  if (!compared.same) return false;
  addCoverage(coverage, compared.coverage);
  opaque.push(...compared.opaque);
  return true;
}

/** With what a description was compared last, and what came of it: types may share one object (parseShared). */
export interface Compared {
  readonly to: Vmsd;
  same: boolean;
  readonly coverage: FieldCoverage;
  readonly opaque: string[];
}

const NO_FIELDS: readonly Field[] = [];
const NO_SUBSECTIONS: readonly Vmsd[] = [];

function sameVmsd(a: Vmsd, b: Vmsd, via: string, countsKnown: boolean, coverage: FieldCoverage, opaque: string[]): boolean {
  if (a.name !== b.name || a.version_id !== b.version_id || a.minimum_version_id !== b.minimum_version_id) return false;
  // Not destructured from an array, here and below: that costs more than the comparison, as this code is hardly ever compiled.
  const left = a.Fields ?? NO_FIELDS;
  const right = b.Fields ?? NO_FIELDS;
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) {
    if (!sameField(left[at] as Field, right[at] as Field, a.version_id, via, countsKnown, coverage, opaque)) return false;
  }
  const leftSubs = a.Subsections ?? NO_SUBSECTIONS;
  const rightSubs = b.Subsections ?? NO_SUBSECTIONS;
  if (leftSubs.length !== rightSubs.length) return false;
  for (let at = 0; at < leftSubs.length; at++) {
    const sub = leftSubs[at] as Vmsd;
    if (!sameVmsd(sub, rightSubs[at] as Vmsd, sub.name, countsKnown, coverage, opaque)) return false;
  }
  return true;
}

function sameField(
  a: Field,
  b: Field,
  version: number,
  via: string,
  countsKnown: boolean,
  coverage: FieldCoverage,
  opaque: string[],
): boolean {
  if (a.field !== b.field || a.version_id !== b.version_id || a.field_exists !== b.field_exists) return false;
  if (a.num !== b.num && (countsKnown ? (a.num ?? 1) !== (b.num ?? 1) : a.num !== undefined && b.num !== undefined)) return false;
  const inner = a.Description;
  const other = b.Description;
  if ((inner === undefined) !== (other === undefined) || (inner === undefined && a.size !== b.size)) return false;
  const conditional = a.field_exists === true;
  if (!conditional && a.version_id > version) return true;
  coverage.compared++;
  if (conditional) coverage.conditional++;
  if (a.num === undefined || b.num === undefined) coverage.countUnknown++;
  if (inner !== undefined && other !== undefined) return sameVmsd(inner, other, a.field, countsKnown, coverage, opaque);
  if (isOpaque(a)) {
    coverage.opaque++;
    opaque.push(via === "" ? a.field : `${via}/${a.field}`);
  }
  return true;
}
