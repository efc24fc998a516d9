import type { Metadata } from "../../describe/index.ts";
import type { Direction } from "../pair.ts";
import type { Verdict } from "../report.ts";

/** Schema id of the JSON form; within /1 keys are added, never renamed (schemas/matrix.schema.json). */
export const MATRIX_SCHEMA = "vmstate-matrix/1";

/** Metadata of one build, written for one machine type. */
export interface MatrixInput {
  readonly build: string;
  /** Absent when neither the file's name nor its content says it; the metadata then stands for every machine type of the build. */
  readonly machine: string | undefined;
  readonly metadata: Metadata;
}

/** What loads what, over every pair of builds. Facts only: which cells count for an exit status is judgeMatrix's. */
export interface Matrix {
  readonly order: BuildOrder;
  readonly builds: readonly string[];
  readonly machines: readonly string[];
  readonly files: readonly MatrixFile[];
  readonly schemas: readonly MatrixSchema[];
  readonly groups: readonly MatrixGroup[];
}

/** Natural: as versions count. Given: as the inputs came. Older means earlier in this order. */
export type BuildOrder = "natural" | "given";

export interface MatrixFile {
  readonly path: string;
  readonly build: string;
  readonly machine: string | null;
  readonly sha256: string;
  readonly schema: string;
}

/** One content, in however many files. */
export interface MatrixSchema {
  readonly id: string;
  readonly builds: readonly string[];
  readonly files: number;
  readonly sections: number;
}

/** Machine types for which every build has the same content, so that one grid says it all. */
export interface MatrixGroup {
  /** Empty when no input names a machine type. */
  readonly machines: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** Every ordered pair of rows, each build with itself included. */
  readonly cells: readonly MatrixCell[];
  readonly history: readonly Break[];
  readonly windows: readonly SourceWindow[];
  readonly hops: readonly Hop[];
}

export interface MatrixRow {
  readonly build: string;
  readonly schema: string;
  /** Machine types of which this build has no file of its own: its other dumps stand for them. */
  readonly assumed: readonly string[];
}

/** State saved by `from` and loaded by `to`. */
export interface MatrixCell {
  readonly from: string;
  readonly to: string;
  /** Forward when `from` is the older build; undefined for a build with itself. */
  readonly direction: Direction | undefined;
  readonly verdict: Verdict;
  readonly findings: LevelCounts;
  readonly sameSchema: boolean;
  /** Machine types with a file on both sides. */
  readonly machines: readonly string[];
  /** Machine types for which a side has none: a dump does not depend on the machine type, but only a file shows that it exists. */
  readonly assumed: readonly string[];
}

export type LevelCounts = Readonly<Record<"error" | "warning" | "info", number>>;

/** An error with the build in which it first showed. */
export interface Break {
  readonly rule: string;
  readonly vmsd: string;
  readonly path: string;
  readonly direction: Direction;
  readonly sections: readonly string[];
  readonly message: string;
  readonly predictedError: string | undefined;
  readonly since: {
    /** The newest build with which `build` shows it. */
    readonly before: string;
    readonly build: string;
    /** False when no single step shows it, only builds further apart. */
    readonly adjacent: boolean;
  };
  /** Every step from one build to the next that shows it. */
  readonly steps: readonly { readonly before: string; readonly build: string }[];
  /** In how many cells of the group it is. */
  readonly cells: number;
}

/** From which builds on state still loads in `to`. */
export interface SourceWindow {
  readonly to: string;
  readonly oldest: string;
  /** Younger than the oldest and yet refused. */
  readonly except: readonly string[];
  /** Older than the oldest. */
  readonly refused: readonly string[];
  /** The worst verdict of the builds that are inside. */
  readonly verdict: Verdict;
}

/** A way round an incompatible cell over builds in between. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly via: readonly string[];
  /** The worst verdict of the steps. */
  readonly verdict: Verdict;
}

export const HOP_CAVEAT =
  "A machine that was migrated twice is only as good as both steps: the last build loads what the one between wrote, and it cannot tell what that one dropped or filled in. QEMU does not test such chains and documents them as unsupported.";
