import type { Source } from "./source.ts";

/**
 * The one normal form behind every kind of input. It is QEMU's `-dump-vmstate` shape, keys verbatim, plus
 * what that lacks; a dump therefore *is* its normal form and is never copied. Absent means unknown.
 * The published schema is `schemas/metadata.schema.json`; where each fact comes from is in FORMAT.md.
 */
export interface Metadata {
  readonly origin: Origin;
  readonly source: Source;
  /** A label only: a dump's content does not depend on the machine type. */
  readonly machine: string | undefined;
  /** Keyed by QOM type; by vmsd name when the origin is a stream, which does not carry types. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Every device type of the build, when the metadata lists them; only then does absence prove anything. */
  readonly devices: ReadonlySet<string> | undefined;
  /** What the machine type sets, by vmsd name and property, when the metadata says it. */
  readonly properties?: Readonly<Record<string, Readonly<Record<string, number | boolean | string>>>> | undefined;
  /** Nothing but the keys that QEMU itself dumps. */
  readonly plain: boolean;
  /** False when no field of the whole file has `num`: the build is older than that key. */
  readonly countsKnown: boolean;
}

export type Origin = "dump" | "stream" | "metadata";

export interface Section {
  readonly Name: string;
  readonly version_id: number;
  readonly minimum_version_id?: number;
  readonly Description?: Vmsd;
  readonly needed?: string;
  readonly early?: boolean;
  readonly priority?: number;
  readonly unmigratable?: boolean;
  readonly aliases?: readonly string[];
  readonly instance_id?: number;
  readonly at?: string;
  readonly decided?: Decided;
}

/** What the pinned properties of the machine type make of a predicate, whatever the state is. */
export type Decided = "present" | "absent";

/** One state layout: a section's, a subsection's or a nested struct's. */
export interface Vmsd {
  readonly name: string;
  readonly version_id: number;
  /** Absent in a stream's description, which does not carry it. */
  readonly minimum_version_id?: number;
  readonly Fields?: readonly Field[];
  readonly Subsections?: readonly Vmsd[];
  /** Canonical text of the predicate that sends a subsection; absent when unknown. */
  readonly needed?: string;
  /** Where the descriptor declares it: `devices/serial.ts:41`. No part of what the metadata says of the wire. */
  readonly at?: string;
  readonly decided?: Decided;
}

export interface Field {
  readonly field: string;
  /** The first version of the vmsd that carries the field; ignored by QEMU when `field_exists` is true. */
  readonly version_id: number;
  /** Whether a predicate decides; absent in a stream's description: the field was sent, why is unknown. */
  readonly field_exists?: boolean;
  /** Elements of a fixed array; absent means unknown, not 1. */
  readonly num?: number;
  /** Storage bytes of one element: equals wire bytes for scalars and buffers, says nothing for structs; 0 is opaque. */
  readonly size: number;
  readonly Description?: Vmsd;
  readonly kind?: string;
  readonly count?: CountSource;
  readonly exists?: string;
  readonly absent?: unknown;
  readonly validate?: string;
  readonly formerly?: readonly string[];
  readonly at?: string;
  readonly decided?: Decided;
}

/** Where a variable array's element count comes from. */
export interface CountSource {
  /** The field that counts, or the text of an expression; absent for a list, which the wire itself ends. */
  readonly field?: string;
  readonly max?: number;
  readonly multiply?: number;
}
