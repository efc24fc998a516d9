import type { Field } from "./field.ts";

/** A format written by hand in the device: other tools see one opaque field of type `type`; its bytes are those of `layout`. */
export function custom<T>(type: string, layout: Field<T>): Field<T> {
  return { kind: "custom", type, layout } as Field<T>;
}
