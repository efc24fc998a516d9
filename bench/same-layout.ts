import type { Section, Vmsd } from "../compiler/describe/index.ts";

/**
 * True when two sections are described alike and nothing in them is opaque. Written apart from the checker, which it measures; storage
 * sizes of structs and array lengths are left out, as builds before `num` do not tell them.
 */
export function sameLayout(a: Section | undefined, b: Section | undefined): boolean {
  if (a?.Description === undefined || b?.Description === undefined) return false;
  return !holdsOpaque(a.Description) && outline(a.Description) === outline(b.Description);
}

function outline(vmsd: Vmsd): string {
  const fields = (vmsd.Fields ?? []).map(({ field, version_id, field_exists, size, Description: inner }) => [
    field,
    version_id,
    field_exists,
    inner === undefined ? size : outline(inner),
  ]);
  return JSON.stringify([vmsd.name, vmsd.version_id, vmsd.minimum_version_id, fields, (vmsd.Subsections ?? []).map(outline)]);
}

function holdsOpaque(vmsd: Vmsd): boolean {
  const inFields = (vmsd.Fields ?? []).some(({ size, Description: inner }) => (inner === undefined ? size === 0 : holdsOpaque(inner)));
  return inFields || (vmsd.Subsections ?? []).some(holdsOpaque);
}
