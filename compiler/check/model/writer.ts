import type { ModelField, ModelVmsd } from "./schema.ts";

/** What one state holds: whether a condition, or its opposite "!x", is true. */
export type Holds = (condition: string) => boolean;

/** The body of a section, and whose each part of it is. */
export interface Wire {
  readonly bytes: number[];
  /** The value that starts at an offset: its identity and how many bytes it has. */
  readonly values: Map<number, { readonly key: string; readonly size: number }>;
  /** The field that a byte belongs to, by offset; 0 in the header of a subsection. */
  readonly owners: number[];
  /** Offsets of bytes that are padding. */
  readonly padding: Set<number>;
  /** Identities of the fields that were sent. */
  readonly sent: Set<number>;
}

/** Writes a state by the rules of the build that saves it. */
export function writeSection(device: ModelVmsd, holds: Holds): Wire {
  const wire: Wire = { bytes: [], values: new Map(), owners: [], padding: new Set(), sent: new Set() };
  writeVmsd(device, "", holds, wire);
  return wire;
}

/** A section, a struct and a subsection alike are written at their own version. */
function writeVmsd(vmsd: ModelVmsd, path: string, holds: Holds, wire: Wire): void {
  for (const field of vmsd.fields) if (existsAt(field, vmsd.version, holds)) writeField(field, path, holds, wire);
  for (const subsection of vmsd.subsections) {
    if (subsection.needed !== undefined && !holds(subsection.needed)) continue;
    wire.bytes.push(0x05, subsection.name.length, ...Buffer.from(subsection.name, "latin1"), ...be32(subsection.version));
    writeVmsd(subsection, path, holds, wire);
  }
}

/** A predicate alone decides where there is one. */
export function existsAt(field: ModelField, version: number, holds: Holds): boolean {
  return field.condition === undefined ? field.version <= version : holds(field.condition);
}

function writeField(field: ModelField, path: string, holds: Holds, wire: Wire): void {
  if (field.content !== "padding") wire.sent.add(field.id);
  for (let element = 0; element < field.count; element++) {
    if (field.vmsd !== undefined) {
      writeVmsd(field.vmsd, elementPath(path, field.id, element), holds, wire);
      continue;
    }
    const start = wire.bytes.length;
    const key = valueKey(path, field.id, element);
    if (field.content !== "padding") wire.values.set(start, { key, size: field.size });
    for (let at = 0; at < field.size; at++) {
      if (field.content === "padding") wire.padding.add(start + at);
      wire.owners[start + at] = field.id;
      wire.bytes.push(field.content === "padding" ? 0 : pattern(key, field.size, at));
    }
  }
}

/** The first element of an array of structs is where a single struct would be, and a struct itself leaves no trace. */
export function elementPath(path: string, id: number, element: number): string {
  return element === 0 ? path : `${path}${id}[${element}].`;
}

export function valueKey(path: string, id: number, element: number): string {
  return `${path}${id}${element === 0 ? "" : `[${element}]`}`;
}

/** Never the byte that starts a subsection, and another one for every identity, width and place as far as 127 values go. */
function pattern(key: string, size: number, at: number): number {
  let hash = 0x811c9dc5;
  for (const code of Buffer.from(`${key}/${size}/${at}`)) hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
  return 0x80 | ((hash ^ (hash >>> 13)) & 0x7f);
}

function be32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}
