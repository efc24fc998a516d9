import type { Around, Field } from "./field.ts";
import type { Vmsd } from "./vmsd.ts";

/** Values for the inner vmsd's properties, taken from the state and the properties of the vmsd around. */
export interface With {
  readonly with?: Readonly<Record<string, (s: Around, m: Around, versionId: number) => number | boolean | string>>;
}

/** Another vmsd in place, at that vmsd's own version: the version of a nested struct is not on the wire. */
export function struct<S>(vmsd: Vmsd<S>, options?: With): Field<S> {
  return { kind: "struct", vmsd, ...options } as Field<S>;
}

/** Another vmsd in place at a version that is fixed here. */
export function vstruct<S>(vmsd: Vmsd<S>, versionId: number, options?: With): Field<S> {
  return { kind: "vstruct", vmsd, versionId, ...options } as Field<S>;
}

/** State that exists for the stream only (VMSTATE_WITH_TMP); loaded at version 0. */
export function tmp<S>(vmsd: Vmsd<S>, options?: With): Field<S> {
  return { kind: "tmp", vmsd, ...options } as Field<S>;
}

/** The device holds a pointer to it: the same bytes, another size in memory. */
export function pointer<T>(target: Field<T>): Field<T> {
  return { kind: "pointer", target } as Field<T>;
}

/**
 * A pointer that may be null; one marker byte stands for a null. The wire alone does not tell it from data, so `isNull` says it
 * from the state, as the receiving device would know; `index` is the place in the array around.
 */
export function nullable<T>(
  target: Field<T>,
  isNull: (s: Around, m: Around, versionId: number, index: number) => boolean,
): Field<T | undefined> {
  return { kind: "nullable", target, isNull } as Field<T | undefined>;
}
