import type { Vmsd } from "../describe/index.ts";

/** One vmsd with all that the inputs say of it. Names alone do not tell vmsds apart: QEMU's `vga` is a section and the struct within it. */
export interface Family {
  readonly name: string;
  /** QOM types whose section it is. */
  readonly types: Set<string>;
  /** By the number of the input. */
  readonly dumps: Map<number, Vmsd>;
  readonly sightings: Sighting[];
  /** The vmsds of its fields and of its subsections' fields, by `slotKey` behind the body's name. */
  readonly inner: Map<string, Family>;
  /** Those that it is within. */
  readonly users: Set<Family>;
  /** Kinds of field by which it is held: `struct`, `tmp`. */
  readonly heldBy: Set<string>;
}

/** The vmsd as one device of one stream sent it. */
export interface Sighting {
  readonly input: number;
  readonly vmsd: Vmsd;
  /** The section that it was within, or itself. */
  readonly section: Family;
  /** The section's name on the wire with its path, where it is the section itself. */
  readonly id?: string;
}

export function newFamily(name: string): Family {
  return {
    name,
    types: new Set(),
    dumps: new Map(),
    sightings: [],
    inner: new Map(),
    users: new Set(),
    heldBy: new Set(),
  };
}

/** Whether it was met as a section of its own, not only within others. */
export function isSection({ types, sightings }: Family): boolean {
  return types.size > 0 || sightings.some(({ id }) => id !== undefined);
}

/** A subsection, or the vmsd itself, with those that it is nested in. */
export interface Body {
  readonly vmsd: Vmsd;
  /** The subsection around; undefined in the vmsd itself and for its own subsections. */
  readonly of: string | undefined;
  readonly isMain: boolean;
}

/** The vmsd itself and its subsections at every depth, each behind the one around it. */
export function bodiesOf(vmsd: Vmsd): Body[] {
  const within = (outer: Vmsd, of: string | undefined): Body[] =>
    (outer.Subsections ?? []).flatMap((each) => [{ vmsd: each, of, isMain: false }, ...within(each, each.name)]);
  return [{ vmsd, of: undefined, isMain: true }, ...within(vmsd, undefined)];
}
