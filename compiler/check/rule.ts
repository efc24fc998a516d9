import type { PairKind, PairOf } from "./pair.ts";

export type Level = "error" | "warning" | "info" | "none";
/** Proven: the bytes decide. Likely: they would, but for a fact that metadata lacks. Depends: a condition does. Unknown: only code could tell. */
export type Certainty = "proven" | "likely" | "depends" | "unknown";

/** What a rule found in one pair. What is left out is the rule's own level, and certainty "proven". */
export interface Particulars {
  readonly message: string;
  readonly level?: Level;
  readonly certainty?: Certainty;
  /** What to do, with the names of this pair; the rule's `fix` when absent. */
  readonly advice?: string;
  /** The message that QEMU's loader would end with; absent when it would load without one. */
  readonly predictedError?: string;
}

/**
 * One thing that can be wrong between a saving and a loading side. Prose a user reads, and a check over one aligned pair in one
 * direction. A rule never prints, never sees another rule and never knows which build is the older one.
 */
export interface Rule<K extends PairKind> {
  readonly id: string;
  readonly on: K;
  readonly level: Exclude<Level, "none">;
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  readonly check: (pair: PairOf<K>) => Particulars | undefined;
}

/** A rule of any kind of pair. */
export type AnyRule = { [K in PairKind]: Rule<K> }[PairKind];

export function rule<K extends PairKind>(definition: Rule<K>): Rule<K> {
  return definition;
}
