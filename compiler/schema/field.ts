declare const value: unique symbol;

/**
 * One entry of a vmsd: a kind with its facts. `T` is the type of its value in the state; `never` for what is on the wire but not
 * in the state. The facts are read from the source text by the compiler, never from this object.
 */
export interface Field<out T> {
  readonly kind: string;
  readonly [value]?: T;
}

/** The type of a field's value in the state. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The state or the properties of the vmsd around, whose type a field cannot know. */
// biome-ignore lint/suspicious/noExplicitAny: any other type would refuse arrows over a typed state.
export type Around = any;

/** A value of the state, an expression over it, or its name: where a count or a length comes from. Lifted to data by the compiler. */
export type Count = number | string | ((s: Around, m: Around, versionId: number) => number);

/** A bound on what a load accepts, checked before anything is allocated. */
export interface Bound {
  readonly max: number;
}

/** The field under another name on the wire and in metadata; for names that appear twice in one vmsd, such as PCI's `config`. */
export function named<T>(name: string, field: Field<T>): Field<T> {
  return { ...field, name } as Field<T>;
}

/** The field is on the wire from this version of its vmsd on; what it is in older streams is said by `absent`. */
export function since<T>(versionId: number, field: Field<T>): Field<T> {
  return { ...field, since: versionId } as Field<T>;
}
