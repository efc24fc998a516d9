import type { Field } from "./metadata.ts";
import { WIRE_KINDS } from "./wire-kinds.ts";

/** True when only device code knows what the field puts on the wire: size 0 in a dump, an unlisted kind elsewhere. */
export function isOpaque(field: Field): boolean {
  if (field.Description !== undefined) return false;
  if (field.kind !== undefined) return WIRE_KINDS[field.kind] === undefined && field.count === undefined;
  return field.size === 0;
}

/** Padding: bytes that are written as zeros and skipped on load. */
export function isUnused(field: Field): boolean {
  return field.kind === undefined ? field.field === "unused" : WIRE_KINDS[field.kind]?.family === "unused";
}

/** Bytes of one element, by the kind where it is known; a struct's storage size says nothing and gives undefined. */
export function elementBytes(field: Field): number | undefined {
  if (field.Description !== undefined || isOpaque(field)) return undefined;
  return (field.kind === undefined ? undefined : WIRE_KINDS[field.kind]?.bytes) ?? field.size;
}
