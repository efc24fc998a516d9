import type { Bound, Field } from "./field.ts";
import type { With } from "./structs.ts";
import type { Vmsd } from "./vmsd.ts";

/** A tail queue: a byte 1 before each element, a byte 0 behind the last. Elements are loaded at the field's own version. */
export function qtailq<S>(vmsd: Vmsd<S>, bound: Bound & With): Field<S[]> {
  return { kind: "qtailq", vmsd, ...bound } as Field<S[]>;
}

/** A list; on the wire the same as a tail queue. */
export function qlist<S>(vmsd: Vmsd<S>, bound: Bound & With): Field<S[]> {
  return { kind: "qlist", vmsd, ...bound } as Field<S[]>;
}

/** A tree: the number of nodes, then for each a byte 1, its key and its value, a byte 0 behind the last. A direct key is `uint64`. */
export function gtree<K, S>(key: Field<K>, value: Vmsd<S>, bound: Bound): Field<{ key: K; value: S }[]> {
  return { kind: "gtree", key, value, ...bound } as Field<{ key: K; value: S }[]>;
}

/** The byte before a list's element, as a value of the element's state; only as the first field of a list's element. */
export const marker: Field<number> = { kind: "marker" };
