import type { FieldValue } from "./description/values.ts";

// The state of a section, as a tree in the order of the wire; each byte of the section's body lies in one leaf, or in the head of a
// subsection, or is the mark of a list.

/** A field; of `value`, `struct` and `elements` it has one. */
export interface FieldNode {
  readonly name: string;
  readonly index?: number;
  readonly type: string;
  /** Offset in the stream. */
  readonly at: number;
  /** Bytes of a value, of each where it has several. */
  readonly size: number;
  readonly value?: FieldValue | readonly FieldValue[];
  readonly struct?: VmsdNode | readonly VmsdNode[];
  /** Of a list each element's vmsd; of a tree each key's and then its value's. */
  readonly elements?: readonly VmsdNode[];
}

export interface VmsdNode {
  readonly vmsd: string;
  readonly version: number;
  readonly fields: readonly FieldNode[];
  readonly subsections: readonly SubsectionNode[];
}

export interface SubsectionNode extends VmsdNode {
  /** Offset of the byte that begins it. */
  readonly at: number;
  readonly bytes: number;
}

/** The state of a section: what its description says, or one field with all its bytes. */
export type SectionState = Pick<VmsdNode, "fields" | "subsections"> & Partial<Pick<VmsdNode, "vmsd">>;
