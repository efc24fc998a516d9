import type { FieldValue } from "../description/values.ts";

/** Which of the two streams. */
export type Side = "a" | "b";

/** Where a value lies in a stream, and what it is there. */
export interface Place {
  /** Offset in the stream. */
  readonly at: number;
  readonly bytes: number;
  readonly value: FieldValue;
  /** What this stream's description calls it; only where the other's says otherwise. */
  readonly name?: string;
}

/** Something around the sections: the machine type, a command, whether there are footers. */
export interface ContainerDifference {
  readonly difference: "container";
  readonly what: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** A section, or a subsection of one, that one stream has and the other has not. */
export interface SectionDifference {
  readonly difference: "section" | "subsection";
  readonly section: string;
  readonly instance: number;
  /** Of a subsection: down to it. */
  readonly path?: string;
  readonly only: Side;
  readonly at: number;
  readonly bytes: number;
}

/** A section's version, or a subsection's. */
export interface VersionDifference {
  readonly difference: "version";
  readonly section: string;
  readonly instance: number;
  readonly path?: string;
  readonly a: Place;
  readonly b: Place;
}

/** A field; of many bytes, a run of them that differ. A side that has no such field is left out. */
export interface FieldDifference {
  readonly difference: "field";
  readonly section: string;
  readonly instance: number;
  /** As --set and decode's --field take it. Empty for the bytes between fields, which say what follows. */
  readonly path: string;
  readonly type: string;
  /** Of a run: bytes of the field before it. */
  readonly offset?: number;
  readonly a?: Place;
  readonly b?: Place;
}

/** A block of RAM that one stream has and the other has not, or that is another there. */
export interface BlockDifference {
  readonly difference: "block";
  readonly block: string;
  readonly what: "only" | "length" | "page size" | "address";
  /** Bytes; of an address its hex digits. Null where there is none. */
  readonly a: number | string | null;
  readonly b: number | string | null;
}

/** Pages side by side whose content at the end is not the same. */
export interface PagesDifference {
  readonly difference: "pages";
  readonly block: string;
  /** Offset in the block of the first. */
  readonly offset: number;
  readonly pages: number;
  readonly pageSize: number;
}

/** A piece of what a section other than RAM sent in parts: a disk's, a dirty bitmap's. */
export interface PartDifference {
  readonly difference: "part";
  readonly section: string;
  readonly what: string;
  /** Offset in the stream of the last that was sent of it; null where none was. */
  readonly a: number | null;
  readonly b: number | null;
}

export type Difference =
  | ContainerDifference
  | SectionDifference
  | VersionDifference
  | FieldDifference
  | BlockDifference
  | PagesDifference
  | PartDifference;

/** Takes differences as they are found; there may be as many as pages. */
export type Differs = (difference: Difference) => unknown;
