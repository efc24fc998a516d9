import type { Code } from "../code/code.ts";
import type { Scope } from "../expr/evaluate.ts";
import type { Value } from "../expr/expr.ts";
import type { Input } from "../interpret/input.ts";
import type { Output } from "../interpret/output.ts";
import type { JsonValue, KindIr, VmsdIr } from "../ir.ts";
import type { LoadBody } from "./body/load-body.ts";
import type { Module } from "./body/module.ts";
import type { SaveBody } from "./body/save-body.ts";
import type { ViewBody } from "./body/view-body.ts";

/** What a kind needs to know of the rest. */
export interface Program {
  readonly vmsd: (id: string) => VmsdIr;
  /** Versions, other than its newest, at which a vmsd is written somewhere. */
  readonly pinnedVersions: (id: string) => readonly number[];
}

/** Bytes at a constant distance from where a run of fixed fields begins, and the names under which generated code has them. */
export interface At {
  readonly view: string;
  readonly bytes: string;
  /** Variable that holds where the run begins; empty where it begins at 0. */
  readonly base: string;
  readonly offset: number;
}

/** At the running offset. */
export const HERE: At = { view: "d", bytes: "b", base: "o", offset: 0 };

/** Faces of a kind whose length is fixed and which no value of its bytes makes fail: it can be read at any time, and in any order. */
export interface FixedFace<K> {
  /** An expression for the value. */
  readonly read: (k: K, at: At, into: Module) => Code;
  /** Statements that put the value into one that exists; left out: an assignment of what `read` gives. */
  readonly store?: (k: K, target: Code, at: At, into: Module) => readonly Code[];
  readonly write: (k: K, value: Code, at: At, body: SaveBody) => readonly Code[];
}

/** Faces of every other kind; both move the running offset `o`. */
export interface MovingFace<K> {
  /** Statements that write a value. */
  readonly save: (k: K, value: Code, body: SaveBody) => readonly Code[];
  /** Statements that assign what was read to a variable that exists. */
  readonly load: (k: K, target: Code, body: LoadBody) => readonly Code[];
}

/** Faces of what people and other programs see of a state. FORMAT.md, JSON form of a state. */
export interface ViewFace<K> {
  /** An expression for the value's JSON form. */
  readonly toJson: (k: K, value: Code, body: ViewBody) => Code;
  /** An expression for the value that JSON from outside says; `at` is one for its path. It throws JsonError for whatever the schema refuses. */
  readonly fromJson: (k: K, json: Code, at: Code, body: ViewBody) => Code;
  /** An expression for the list of what differs from one value to another. */
  readonly diff: (k: K, a: Code, b: Code, at: Code, body: ViewBody) => Code;
  /** JSON Schema of the JSON form. */
  readonly schema: (k: K) => JsonSchema;
}

/** A JSON Schema, draft-07. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Described {
  /** Wire kind as other tools name it. */
  readonly kind: string;
  /** Bytes of one element in QEMU's memory, as a dump prints it: wire bytes for scalars and buffers, 0 where only code knows. */
  readonly size: number;
  readonly num?: number;
  readonly vmsd?: string;
}

/** All faces of one kind of field. */
export interface Kind<K extends KindIr> {
  /** Bytes on the wire when they are fixed and cannot be refused. */
  readonly size: (k: K, program: Program) => number | undefined;
  /** The type of the value in generated code. */
  readonly type: (k: K, into: Module) => Code;
  /** The value that stands for nothing. */
  readonly zero: (k: K, program: Program) => Value;
  readonly fixed?: FixedFace<K>;
  readonly moving?: MovingFace<K>;
  readonly interpret: {
    readonly save: (k: K, value: Value, out: Output, scope: Scope) => void;
    /** `old` is the value that the state to load into has, if there is one. */
    readonly load: (k: K, input: Input, scope: Scope, old: Value) => Value;
  };
  /** JSON to value, at build time, for what descriptors declare. */
  readonly parse: (k: K, json: JsonValue, program: Program) => Value;
  readonly describe: (k: K, program: Program) => Described;
  /** Absent for padding, which no state has. */
  readonly view?: ViewFace<K>;
}
