import type { Expr } from "./expr/expr.ts";

/**
 * The one shape that the compiler's phases share: what descriptors say, as data. JSON-serialisable, so that it can be kept between
 * runs; nested vmsds are referred to by id. Names of sections, subsections and fields are verbatim.
 */
export interface Ir {
  /** By id, each after those that it holds. */
  readonly vmsds: Readonly<Record<string, VmsdIr>>;
  readonly machines: Readonly<Record<string, MachineIr>>;
}

/** Where something is declared; `file` is relative to the folder that is compiled, `line` and `column` count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Scalar = number | boolean | string;

/** A value of a state in its JSON form: FORMAT.md. */
export type JsonValue = number | boolean | string | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface BodyIr {
  readonly name: string;
  readonly versionId: number;
  readonly minimumVersionId: number;
  readonly fields: readonly FieldIr[];
  readonly at: Place;
}

export interface VmsdIr extends BodyIr {
  /** The name of its export: unique in the program, and the name of its generated module. */
  readonly id: string;
  /** Its own and those of the structs within that it does not set itself, with their defaults. */
  readonly properties: Readonly<Record<string, Scalar>>;
  readonly subsections: readonly SubsectionIr[];
  /** QOM types of the devices whose section this is. */
  readonly types: readonly string[];
  readonly needed?: Expr;
  readonly early?: boolean;
  readonly priority?: number;
  readonly unmigratable?: boolean;
  readonly aliases?: readonly string[];
  readonly instanceId?: number;
  readonly behindPath?: boolean;
  /** Its own properties that users configure. */
  readonly configured?: Readonly<Record<string, ChoicesIr>>;
}

/** Values that a property may have. */
export type ChoicesIr = readonly Scalar[] | { readonly from: number; readonly to: number };

export interface SubsectionIr extends BodyIr {
  /** Absent: always sent, unless a `sent` field of the vmsd tells. */
  readonly needed?: Expr;
  readonly subsections: readonly SubsectionIr[];
}

export interface FieldIr {
  /** Its key in the state. */
  readonly key: string;
  /** Its name in metadata; the key, but for names that appear twice. */
  readonly name: string;
  readonly kind: KindIr;
  /** The first version that has it; 0 is all. Without effect where `exists` is given. */
  readonly since: number;
  readonly exists?: Expr;
  /** Its value when the wire did not carry it; the kind's zero when not given. */
  readonly absent?: JsonValue;
  /** What a load accepts; looked at behind the field. */
  readonly validate?: Expr;
  readonly formerly?: readonly string[];
  readonly at: Place;
}

export type ScalarKind =
  | "bool"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "float64"
  | "CPU_Double_U"
  | "timer";

/** Values for properties of a nested vmsd, by name, as expressions over the vmsd around. */
export type Bindings = Readonly<Record<string, Expr>>;

export type KindIr =
  | { readonly kind: ScalarKind }
  | { readonly kind: "equal"; readonly scalar: ScalarKind; readonly local?: Expr }
  | { readonly kind: "int32 le"; readonly local?: Expr }
  | { readonly kind: "array"; readonly element: KindIr; readonly count: number }
  | { readonly kind: "array2d"; readonly element: KindIr; readonly rows: number; readonly columns: number }
  | { readonly kind: "varray"; readonly element: KindIr; readonly count: Expr; readonly max: number; readonly multiply?: number }
  | { readonly kind: "buffer"; readonly size: number }
  | { readonly kind: "varBuffer"; readonly size: Expr; readonly max: number; readonly multiply?: number }
  | { readonly kind: "bitmap"; readonly bits: Expr; readonly max: number }
  | { readonly kind: "unused_buffer"; readonly size: Expr; readonly max: number }
  | { readonly kind: "struct" | "tmp"; readonly vmsd: string; readonly with: Bindings }
  | { readonly kind: "vstruct"; readonly vmsd: string; readonly versionId: number; readonly with: Bindings }
  | { readonly kind: "pointer"; readonly target: KindIr }
  | { readonly kind: "nullable"; readonly target: KindIr; readonly isNull: Expr }
  | { readonly kind: "qtailq" | "qlist"; readonly vmsd: string; readonly max: number; readonly with: Bindings }
  | { readonly kind: "gtree"; readonly key: KindIr; readonly value: string; readonly max: number }
  | { readonly kind: "marker" }
  | { readonly kind: "sent"; readonly subsection: string }
  | { readonly kind: "custom"; readonly type: string; readonly layout: KindIr };

export type KindName = KindIr["kind"];

export interface ContainerIr {
  readonly configuration: boolean;
  readonly footers: boolean;
  readonly description: boolean;
}

/** A machine type with all that it inherits merged in. */
export interface MachineIr {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Name of the machine type that it inherits from. */
  readonly inherits?: string;
  readonly container: ContainerIr;
  /** By vmsd name. */
  readonly properties: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  /** By name: what is otherwise with one build of the emulator. */
  readonly profiles: Readonly<Record<string, ProfileIr>>;
  /** Ids of vmsds. */
  readonly sections: readonly string[];
  readonly devices: readonly string[];
  readonly at: Place;
}

/** What a machine type is with one build of the emulator, where builds differ. */
export interface ProfileIr {
  /** By vmsd name. */
  readonly properties: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  /** Versions that this build writes where they are not the newest, by the name of the vmsd or subsection. */
  readonly versions: Readonly<Record<string, number>>;
  /** Names of sections that this build writes in this order, other ones between them. */
  readonly order: readonly string[];
}
