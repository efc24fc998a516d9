import type { Bound, Count, Field } from "./field.ts";

/** Raw bytes, a fixed number of them. A load gives a view into the stream's buffer; copy it to keep it. */
export function buffer(size: number): Field<Uint8Array> {
  return { kind: "buffer", size } as Field<Uint8Array>;
}

/** Raw bytes, as many as an earlier field says, times `multiply`. */
export function varBuffer(size: Count, bound: Bound & { readonly multiply?: number }): Field<Uint8Array> {
  return { kind: "varBuffer", size, ...bound } as Field<Uint8Array>;
}

/** A bitmap of a fixed number of bits or of as many as an earlier field says, in words of 64; bit 0 is the least significant of the first. */
export function bitmap(bits: Count, bound?: Bound): Field<bigint[]> {
  return { kind: "bitmap", bits, ...bound } as Field<bigint[]>;
}

/** Bytes that are written as zeros and skipped on load; not in the state. */
export function unused(size: Count, bound?: Bound): Field<never> {
  return { kind: "unused_buffer", size, ...bound } as Field<never>;
}
