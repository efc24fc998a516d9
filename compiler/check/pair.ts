import type { Field, Metadata, Section, Vmsd } from "../describe/index.ts";

/** Forward: saved by the old build, loaded by the new one. */
export type Direction = "forward" | "backward";
export const DIRECTIONS = ["forward", "backward"] as const;

/** One side's vmsd and where its text stands. */
export interface Layout {
  readonly vmsd: Vmsd;
  readonly pointer: string;
}

/**
 * A pair of descriptions that the stream matches with each other: a section's, a nested struct's or a subsection's, with the
 * way that led there. `from` saves and `to` loads; both are present.
 */
export interface Frame {
  readonly kind: "section" | "struct" | "subsection";
  readonly parent: Frame | undefined;
  /** Field or subsection name that led here; empty for a section. */
  readonly via: string;
  readonly from: Layout;
  readonly to: Layout;
  /** Versions by which each side decides which of its unconditional fields exist. */
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Names of the conditional fields that all of this lies behind. */
  readonly conditions: readonly string[];
}

/** A field that is on the wire in the direction that is judged. */
export interface Slot {
  readonly field: Field;
  /** Pointer of the vmsd that holds the field, and its index there: see pointerOf. */
  readonly holder: string;
  readonly index: number;
  /** Name from the frame on; longer than the field's own when structs were taken apart to find a match. */
  readonly label: string;
  /** What the other side calls it, where one of them declares the rename: see withDeclaredNames. */
  readonly alias?: string;
  readonly conditional: boolean;
  /** How many predicates decide, where that is more than its own: those of structs that were taken apart around it. */
  readonly predicates?: number;
  /** Neighbours of one name, each with a predicate: alternatives of one slot, the first of them being this one. */
  readonly variants?: readonly Slot[];
}

/** JSON Pointer of the field; put together only when a finding needs it. */
export function pointerOf(slot: Slot): string {
  return `${slot.holder}/Fields/${slot.index}`;
}

export type Relation =
  /** same name, in step */
  | "matched"
  /** another name in the same slot with the same size and count */
  | "renamed"
  /** same name, elsewhere in the list */
  | "moved"
  /** on one side only */
  | "one-sided"
  /** padding against other fields */
  | "padding"
  /** as many bytes, cut differently */
  | "recut"
  /** same name, sets of alternatives that differ */
  | "alternatives"
  /** same fields inside a struct on one side, beside each other on the other */
  | "rewrapped";

export interface FieldPair {
  readonly on: "field";
  readonly relation: Relation;
  readonly frame: Frame;
  readonly from: readonly Slot[];
  readonly to: readonly Slot[];
  /** For a one-sided slot: the other side declares the field, but not at this version. */
  readonly guardedOut?: Slot;
  /** What stands next on each side; absent at the end of the list. */
  readonly next: { readonly from: Slot | undefined; readonly to: Slot | undefined };
  readonly offset: Offset;
  /** Both files tell the length of every fixed array. */
  readonly countsKnown: boolean;
  /** One side is a stream's description, in which an array without elements leaves no trace. */
  readonly streamed: boolean;
}

/** Bytes of the section body before a place; not exact behind conditional, opaque or uncounted fields. */
export interface Offset {
  readonly bytes: number;
  readonly exact: boolean;
}

/** Two descriptions of one frame whose fields were not aligned because one side has none at all. */
export interface VmsdPair {
  readonly on: "vmsd";
  readonly frame: Frame;
}

export interface SubsectionPair {
  readonly on: "subsection";
  readonly frame: Frame;
  readonly from: Layout | undefined;
  readonly to: Layout | undefined;
}

export interface SectionPair {
  readonly on: "section";
  readonly type: string;
  readonly from: SectionSide | undefined;
  readonly to: SectionSide | undefined;
  /** One-sided: the other build lists its devices and this is not among them. */
  readonly absenceProven: boolean;
}

export interface SectionSide {
  readonly type: string;
  readonly section: Section;
  readonly pointer: string;
}

export interface MetadataPair {
  readonly on: "metadata";
  readonly from: Metadata;
  readonly to: Metadata;
}

export type Pair = FieldPair | VmsdPair | SubsectionPair | SectionPair | MetadataPair;
export type PairKind = Pair["on"];
export type PairOf<K extends PairKind> = Extract<Pair, { on: K }>;

export function rootOf(frame: Frame): Frame {
  let root = frame;
  while (root.parent !== undefined) root = root.parent;
  return root;
}
