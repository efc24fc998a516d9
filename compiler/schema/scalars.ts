import type { Field } from "./field.ts";

export const bool: Field<boolean> = { kind: "bool" };
export const uint8: Field<number> = { kind: "uint8" };
export const uint16: Field<number> = { kind: "uint16" };
export const uint32: Field<number> = { kind: "uint32" };
export const uint64: Field<bigint> = { kind: "uint64" };
export const int8: Field<number> = { kind: "int8" };
export const int16: Field<number> = { kind: "int16" };
export const int32: Field<number> = { kind: "int32" };
export const int64: Field<bigint> = { kind: "int64" };

/** An IEEE double as its 64 bits: a JavaScript number would lose the payload of a NaN. */
export const float64: Field<bigint> = { kind: "float64" };

/** `CPU_DoubleU`: the same bytes as `float64`, high word first. */
export const cpuDouble: Field<bigint> = { kind: "CPU_Double_U" };

/** Expiry of a timer in ns of its clock; -1n is a timer that is not armed. */
export const timer: Field<bigint> = { kind: "timer" };
