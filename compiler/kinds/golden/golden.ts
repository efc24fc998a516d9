import type { Value } from "../../expr/expr.ts";
import type { FieldIr, JsonValue, KindIr, KindName, Place, SubsectionIr, VmsdIr } from "../../ir.ts";

export type State = { [key: string]: Value };

/**
 * Bytes as text: a line a piece, in hex, with the field that it belongs to behind it. A path is of the golden's own device, but for those
 * of its subsections, which begin with the device's name. A line `header of S` is what the subsection S begins with, up to its version.
 */
export type Wire = string;

/** A field is its kind, or its kind with what else is said of it. */
export type Fields = Readonly<Record<string, KindIr | (Partial<Omit<FieldIr, "kind">> & { readonly kind: KindIr })>>;

/** Bytes that a load refuses. What is refused is told by the piece where it begins and by the path. */
export interface Refused {
  readonly what: string;
  readonly wire: Wire;
  readonly code: string;
  /** Path of the field; the label of the piece that is refused where left out. */
  readonly path?: string;
  /** The piece, counted from 0, at whose first byte the error is. */
  readonly piece: number;
  /** The state to load into. */
  readonly into?: State;
}

/** A state that a save refuses. */
export interface Unsendable {
  readonly what: string;
  readonly state: State;
  readonly code: string;
  readonly path: string;
}

/**
 * One case of one kind: a device, a state and its bytes, written out by hand. The field under test is `x`; others may stand before it.
 * The tests put a byte before all of them and one behind.
 */
export interface Golden {
  readonly kind: KindName;
  /** With the kind, the name of the case: `uint16: high byte first`. */
  readonly shows: string;
  readonly fields: Fields;
  readonly subsections?: readonly SubsectionIr[];
  readonly properties?: Readonly<Record<string, number | boolean | string>>;
  /** The vmsds that the device is made of, each after those that it holds. */
  readonly nested?: readonly VmsdIr[];
  readonly state: State;
  readonly wire: Wire;
  /** What `x` is where an older stream has none: as it is declared, and in the state. Left out where `x` cannot be left out. */
  readonly absent?: readonly [JsonValue, Value];
  /** A stream of version 1, and its state. */
  readonly older?: { readonly wire: Wire; readonly state: State };
  /** Other bytes that a load accepts, and their state. */
  readonly accepted?: readonly { readonly what: string; readonly wire: Wire; readonly state: State; readonly into?: State }[];
  readonly refused?: readonly Refused[];
  readonly unsendable?: readonly Unsendable[];
  /** A state to load into that the bytes go with, where the zero of every field does not. */
  readonly into?: State;
}

export const AT: Place = { file: "golden.ts", line: 1, column: 1 };

export function fieldsOf(fields: Fields): FieldIr[] {
  return Object.entries(fields).map(([key, given]) => {
    const { kind, ...more } = typeof given.kind === "string" ? { kind: given as KindIr } : given;
    return { key, name: key, since: 0, at: AT, ...more, kind: kind as KindIr };
  });
}

/** A vmsd of version 1, or as is said. */
export function vmsd(id: string, fields: Fields, more: Partial<VmsdIr> = {}): VmsdIr {
  return {
    id,
    name: id,
    versionId: 1,
    minimumVersionId: 0,
    properties: {},
    fields: fieldsOf(fields),
    subsections: [],
    types: [],
    at: AT,
    ...more,
  };
}

export function subsection(name: string, fields: Fields, more: Partial<SubsectionIr> = {}): SubsectionIr {
  return { name, versionId: 1, minimumVersionId: 1, fields: fieldsOf(fields), subsections: [], at: AT, ...more };
}

/** One piece of a wire text: its bytes and its label. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly label: string;
  readonly at: number;
}

export function piecesOf(wire: Wire): Piece[] {
  let at = 0;
  return wire
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [, hex = "", label = ""] = /^((?:[0-9a-f]{2})+) +(\S.*)$/.exec(line) ?? malformed(line);
      const piece = { bytes: Uint8Array.from(Buffer.from(hex, "hex")), label, at };
      at += piece.bytes.length;
      return piece;
    });
}

function malformed(line: string): never {
  throw new Error(`'${line}' is not hex and a label.`);
}
