import type { Around, Field } from "./field.ts";

/** What a load compares with: a value, or one that the device's properties give. Left out: the value that the state to load into has. */
export type Local<T> = T | ((m: Around) => T);

/** A value that the destination must have already; a load refuses another. */
export function equal<T extends number | bigint>(scalar: Field<T>, local?: Local<T>): Field<T> {
  return { kind: "equal", scalar, local } as Field<T>;
}

/** An int32 from 0 to the value that the destination has (VMSTATE_INT32_POSITIVE_LE). */
export function atMost(local?: Local<number>): Field<number> {
  return { kind: "int32 le", local } as Field<number>;
}

/** True when the subsection of this name was sent: for one whose `needed` no state tells. Not on the wire itself. */
export function sent(subsection: string): Field<boolean> {
  return { kind: "sent", subsection } as Field<boolean>;
}
