import type { FieldLayout, VmsdLayout } from "../../codec/layout.ts";

export type { FieldLayout, VmsdLayout } from "../../codec/layout.ts";

/** A section as the stream's description has it. FORMAT.md, stream trailer. */
export interface SectionLayout {
  /** Offset in the stream of what describes it. */
  readonly at: number;
  readonly name: string;
  readonly instance: number;
  /** Nothing for a section of the old style, whose bytes only code knows. */
  readonly vmsd?: VmsdLayout;
  /** Bytes of its body. */
  readonly size: number;
}

/** The layouts of a stream's device sections. */
export interface Description {
  readonly pageSize: number;
  readonly sections: readonly SectionLayout[];
}

/** Bytes in front of a subsection's fields: its mark, its counted name, its version. */
export function subsectionHead(name: string): number {
  return 1 + 1 + name.length + 4;
}

const STRUCTS: ReadonlySet<string> = new Set(["struct", "vstruct", "tmp"]);
// A tree's keys may stand beside its values or not be described at all: its bytes stay as they are.
const LISTS: ReadonlySet<string> = new Set(["qtailq", "qlist"]);

/**
 * What a field's bytes are: structs by the one layout inside, a list with a mark before each element and one behind the last, or values. A
 * layout whose parts do not add up to its size says nothing of the bytes within.
 */
export function shapeOf({ type, inner, size, isArray }: FieldLayout): "structs" | "list" | "values" {
  if (STRUCTS.has(type)) return inner.length === 1 && inner[0]?.size === size ? "structs" : "values";
  const isList = LISTS.has(type) && !isArray && inner.length > 0 && inner.reduce((sum, each) => sum + 1 + each.size, 1) === size;
  return isList ? "list" : "values";
}
