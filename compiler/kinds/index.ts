import type { Value } from "../expr/expr.ts";
import type { JsonValue, KindIr, KindName } from "../ir.ts";
import { array, array2d } from "./array.ts";
import { bitmap } from "./bitmap.ts";
import { buffer } from "./buffer.ts";
import { custom } from "./custom.ts";
import { equal } from "./equal.ts";
import { gtree } from "./gtree.ts";
import { int32Le } from "./int32-le.ts";
import type { Described, Kind, Program, ViewFace } from "./kind.ts";
import { list } from "./list.ts";
import { marker } from "./marker.ts";
import { nullable } from "./nullable.ts";
import { pointer } from "./pointer.ts";
import { SCALARS } from "./scalars.ts";
import { sent } from "./sent.ts";
import { struct, tmp, vstruct } from "./struct.ts";
import { unusedBuffer } from "./unused-buffer.ts";
import { varBuffer } from "./var-buffer.ts";
import { varray } from "./varray.ts";

/** Every kind of field by the name that the intermediate form has for it. */
export const KINDS = {
  // scalars
  ...SCALARS,
  equal,
  "int32 le": int32Le,
  // many of one kind
  array,
  array2d,
  varray,
  // bytes
  buffer,
  varBuffer,
  bitmap,
  unused_buffer: unusedBuffer,
  // other vmsds
  struct,
  vstruct,
  tmp,
  qtailq: list,
  qlist: list,
  gtree,
  // pointers
  pointer,
  nullable,
  // not on the wire by themselves
  marker,
  sent,
  // written by hand
  custom,
} satisfies { readonly [K in KindName]: unknown };

/** The faces of a field's kind. */
export function kindOf<K extends KindIr>(kind: K): Kind<K> {
  return KINDS[kind.kind] as unknown as Kind<K>;
}

/** Bytes on the wire when they are fixed and cannot be refused. */
export function sizeOf(kind: KindIr, program: Program): number | undefined {
  return kindOf(kind).size(kind, program);
}

export function zeroOf(kind: KindIr, program: Program): Value {
  return kindOf(kind).zero(kind, program);
}

export function parseJson(kind: KindIr, json: JsonValue, program: Program): Value {
  return kindOf(kind).parse(kind, json, program);
}

export function describeKind(kind: KindIr, program: Program): Described {
  return kindOf(kind).describe(kind, program);
}

/** The faces of what is seen of a field that is in the state. */
export function viewOf<K extends KindIr>(kind: K): ViewFace<K> {
  const { view } = kindOf(kind);
  if (view === undefined) throw new Error(`A state has nothing of kind '${kind.kind}'.`);
  return view;
}

/** False for padding, which is on the wire but not in the state. */
export function isInState(kind: KindIr): boolean {
  return kind.kind !== "unused_buffer";
}
