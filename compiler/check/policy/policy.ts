import type { Level } from "../rule.ts";

/** What a user decided about findings. Applied after the analysis, which it never changes. */
export interface Policy {
  /** The last one for a rule that has not expired decides. */
  readonly overrides: readonly RuleOverride[];
  /** Their order means nothing. */
  readonly suppress: readonly Suppression[];
}

export const NO_POLICY: Policy = { overrides: [], suppress: [] };

export function decidesNothing({ overrides, suppress }: Policy): boolean {
  return overrides.length === 0 && suppress.length === 0;
}

/** Another level for every finding of a rule, in each direction in which the rule found something. */
export interface RuleOverride {
  readonly rule: string;
  readonly level: Level;
  readonly reason?: string;
  readonly expires?: string;
}

/** Accepts findings: all keys that are given must match, and at least one of the first four is. */
export interface Suppression {
  readonly fingerprint?: string;
  readonly rule?: string;
  /** Glob over QOM types. */
  readonly device?: string;
  /** Glob over the finding's path. */
  readonly path?: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day on which it applies; for good when absent. */
  readonly expires?: string;
  readonly by?: string;
}

/** Whether an entry no longer applies; `today` and `expires` are YYYY-MM-DD. */
export function isExpired({ expires }: { readonly expires?: string }, today: string): boolean {
  return expires !== undefined && expires < today;
}
