import type { BodyIr, FieldIr, Ir, SubsectionIr, VmsdIr } from "../../ir.ts";
import type { CommittedVmsd } from "../committed.ts";
import type { Part } from "../reading.ts";

export interface VmsdNode {
  readonly on: "vmsd";
  readonly vmsd: VmsdIr;
  readonly ir: Ir;
}

/** The main fields of a vmsd, or one of its subsections. */
export interface BodyNode {
  readonly on: "body";
  readonly body: VmsdIr | SubsectionIr;
  /** What a subsection is nested in, outermost first; empty for the vmsd itself. */
  readonly outer: readonly BodyIr[];
  readonly vmsd: VmsdIr;
  /** The same body as metadata that was committed before says it; absent without such metadata, and for what is new in it. */
  readonly committed: CommittedVmsd | undefined;
  readonly ir: Ir;
}

export interface FieldNode {
  readonly on: "field";
  readonly field: FieldIr;
  readonly index: number;
  readonly parent: BodyNode;
}

export type LintNode = VmsdNode | BodyNode | FieldNode;
export type LintKind = LintNode["on"];
export type LintNodeOf<K extends LintKind> = Extract<LintNode, { on: K }>;

/** One thing that is wrong; `part` is where it is written, the node's own place when absent. */
export interface Fault {
  readonly sentence: string;
  readonly part?: Part;
}

/** One thing that what a descriptor says may not mean. It looks at the intermediate form only and never sees another rule. */
export interface LintRule<K extends LintKind> {
  readonly id: string;
  readonly on: K;
  readonly level: "error" | "warning";
  readonly summary: string;
  /** Where it is written, unless a fault says so itself. */
  readonly part?: Part;
  readonly check: (node: LintNodeOf<K>) => string | undefined | readonly Fault[];
}

export type AnyLintRule = { [K in LintKind]: LintRule<K> }[LintKind];

export function lintRule<K extends LintKind>(definition: LintRule<K>): LintRule<K> {
  return definition;
}

/** The kinds whose elements are loaded at the version of the field. */
export const LISTS: ReadonlySet<string> = new Set(["qtailq", "qlist", "gtree"]);
