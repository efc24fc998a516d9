import type { Bound, Count, Field } from "./field.ts";

/** A fixed number of elements. */
export function array<T>(element: Field<T>, count: number): Field<T[]> {
  return { kind: "array", element, count } as Field<T[]>;
}

/** `rows` times `columns` elements, row after row in one flat array, as on the wire. */
export function array2d<T>(element: Field<T>, rows: number, columns: number): Field<T[]> {
  return { kind: "array2d", element, rows, columns } as Field<T[]>;
}

/**
 * As many elements as an earlier field says (its key; an expression over the state; or `multiply` times it). A load refuses more than
 * `max` before it allocates anything.
 */
export function varray<T>(element: Field<T>, count: Count, bound: Bound & { readonly multiply?: number }): Field<T[]> {
  return { kind: "varray", element, count, ...bound } as Field<T[]>;
}
