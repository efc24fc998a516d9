import type { Field, Origin, Section, Vmsd } from "../../describe/index.ts";
import type { Level } from "../rule.ts";

export type LintLevel = Exclude<Level, "none">;

/** A section as one file states it. */
export interface SectionNode {
  readonly on: "section";
  readonly type: string;
  readonly section: Section;
  readonly origin: Origin;
  readonly pointer: string;
}

/** A description with the way that led to it. `via` is the field or subsection name; empty for a section's own. */
export interface VmsdNode {
  readonly on: "vmsd";
  readonly kind: "section" | "struct" | "subsection";
  readonly vmsd: Vmsd;
  readonly via: string;
  /** Place among its parent's subsections; 0 for the other kinds. */
  readonly index: number;
  readonly parent: VmsdNode | undefined;
  readonly owner: SectionNode;
  readonly pointer: string;
}

export interface FieldNode {
  readonly on: "field";
  readonly field: Field;
  readonly index: number;
  readonly parent: VmsdNode;
  readonly pointer: string;
}

export type LintNode = SectionNode | VmsdNode | FieldNode;
export type LintKind = LintNode["on"];
export type LintNodeOf<K extends LintKind> = Extract<LintNode, { on: K }>;

/** What a rule found at one node; `advice` is the rule's `fix` when absent. */
export interface LintParticulars {
  readonly message: string;
  readonly advice?: string;
}

/** One thing that one file alone shows to be wrong. As with a check rule, it never prints and never sees another rule. */
export interface LintRule<K extends LintKind> {
  readonly id: string;
  readonly on: K;
  readonly level: LintLevel;
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  readonly check: (node: LintNodeOf<K>) => LintParticulars | undefined;
}

/** A lint rule of any kind of node. */
export type AnyLintRule = { [K in LintKind]: LintRule<K> }[LintKind];

export function lintRule<K extends LintKind>(definition: LintRule<K>): LintRule<K> {
  return definition;
}
