import type { Field, ValueOf } from "./field.ts";

declare const state: unique symbol;

/** A description of one state layout: a section, or a struct within one. `S` is the state that it describes. */
export interface Vmsd<out S> {
  readonly name: string;
  /** For the compiler of TypeScript alone. */
  readonly [state]: S;
}

/** The state that a vmsd describes. It is total: a subsection's fields are plain fields of it. */
export type StateOf<V> = V extends Vmsd<infer S> ? S : never;

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** Properties of the device that predicates may ask for, with their defaults; machine types pin them. */
export type Properties = Readonly<Record<string, number | boolean | string>>;

type None = Record<never, never>;
type Flat<T> = { [K in keyof T]: T[K] };
type Kept<F> = { [K in keyof F]: [ValueOf<F[K]>] extends [never] ? never : K }[keyof F];
type Own<F> = { [K in Kept<F>]: ValueOf<F[K]> };
type Both<B> = { [K in keyof B]: (own: Own<B[K]>) => void }[keyof B] extends (own: infer I) => void ? I : unknown;
type State<F, B> = Flat<Own<F> & ([keyof B] extends [never] ? unknown : Both<B>)>;
type Widen<T> = T extends boolean ? boolean : T extends number ? number : string;
type Known<P> = { readonly [K in keyof P]: Widen<P[K]> };

/** A value as a constant may hold it: `as const` makes arrays and objects read-only. */
type Constant<T> = T extends Uint8Array ? T : T extends object ? { readonly [K in keyof T]: Constant<T[K]> } : T;

/** A pure expression over the state, the device's properties and the version in force; one arrow, which the compiler lifts to data. */
export type Predicate<S, P> = (s: S, m: P, versionId: number) => boolean;

/** What a vmsd and a subsection have in common. `F` are its own fields, `S` is the whole state. */
interface Body<F, S, P> {
  /** The version that is written. */
  readonly versionId: number;
  /** The oldest version that is accepted. */
  readonly minimumVersionId: number;
  /** What is on the wire, in this order. */
  readonly fields: F;
  /** When a field is on the wire; replaces its `since`. */
  readonly exists?: { readonly [K in keyof F]?: Predicate<S, P> };
  /** What a field is when it was not on the wire; the kind's zero where it is left out. */
  readonly absent?: { readonly [K in Kept<F>]?: Constant<ValueOf<F[K]>> };
  /** What a load accepts and a save may send; looked at behind the field, in field order. */
  readonly validate?: { readonly [K in keyof F]?: Predicate<S, P> };
  /** Earlier names of a field; bytes do not move by it. */
  readonly formerly?: { readonly [K in keyof F]?: string | readonly string[] };
}

export interface Subsection<F, S, P> extends Body<F, S, P> {
  /** When it is sent; left out: always, or as a `sent` field of the vmsd says. */
  readonly needed?: Predicate<S, P>;
  /** The subsection that it is nested in; left out: the vmsd itself. */
  readonly of?: string;
}

/** Values that a property may have. */
export type Choices<T> = readonly T[] | (T extends number ? { readonly from: number; readonly to: number } : never);

export interface Description<F, B, P> extends Body<F, State<F, B>, Known<P>> {
  readonly properties?: P;
  /** Properties that users configure a device with, whatever the machine type, and that no stream tells; with the values they may have. */
  readonly configured?: { readonly [K in keyof P]?: Choices<Widen<P[K]>> };
  readonly subsections?: { readonly [K in keyof B]: Subsection<B[K], State<F, B>, Known<P>> };
  /** QOM types of the devices whose section this is. */
  readonly types?: readonly string[];
  /** An optional section: when it is sent. */
  readonly needed?: Predicate<State<F, B>, Known<P>>;
  /** Sent during setup, before RAM. */
  readonly early?: boolean;
  /** Sections of a higher priority are sent first; 0 when left out. */
  readonly priority?: number;
  readonly unmigratable?: boolean;
  /** Further names under which a load finds the section. */
  readonly aliases?: readonly string[];
  readonly instanceId?: number;
  /** Of two sections with one name: whether this is the one behind a device's path (`0000:00:02.0/vga`), or the one without. */
  readonly behindPath?: boolean;
}

/** Describes the state of one device, or of a struct that several share. `name` is the section's name on the wire. */
export function vmsd<const F extends Fields, B extends Readonly<Record<string, Fields>> = None, const P extends Properties = None>(
  name: string,
  description: Description<F, B, P>,
): Vmsd<State<F, B>> {
  return { name, ...description } as unknown as Vmsd<State<F, B>>;
}
