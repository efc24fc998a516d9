import type { Field, Section, Vmsd } from "../describe/index.ts";

/**
 * True when two sections of one build say the same of everything but their type. Knows only the keys of plain dumps. Exists for speed: a
 * yes spares the work on one of them.
 */
export function sameLayout(a: Section, b: Section): boolean {
  return (
    a.version_id === b.version_id &&
    a.minimum_version_id === b.minimum_version_id &&
    a.Description !== undefined &&
    b.Description !== undefined &&
    sameVmsd(a.Description, b.Description)
  );
}

function sameVmsd(a: Vmsd, b: Vmsd): boolean {
  // One object where parseShared found one text.
  if (a === b) return true;
  return (
    a.name === b.name &&
    a.version_id === b.version_id &&
    a.minimum_version_id === b.minimum_version_id &&
    sameList(a.Fields, b.Fields, sameField) &&
    sameList(a.Subsections, b.Subsections, sameVmsd)
  );
}

function sameField(a: Field, b: Field): boolean {
  return (
    a.field === b.field &&
    a.size === b.size &&
    a.version_id === b.version_id &&
    a.field_exists === b.field_exists &&
    a.num === b.num &&
    (a.Description === undefined || b.Description === undefined ? a.Description === b.Description : sameVmsd(a.Description, b.Description))
  );
}

function sameList<T>(a: readonly T[] | undefined, b: readonly T[] | undefined, same: (a: T, b: T) => boolean): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!same(a[at] as T, b[at] as T)) return false;
  return true;
}
