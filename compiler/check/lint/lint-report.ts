import type { InputFacts, Place } from "../report.ts";
import type { LintLevel } from "./lint-rule.ts";

/** Schema id of the JSON report; within /1 keys are added, never renamed (schemas/lint.schema.json). */
export const LINT_SCHEMA = "vmstate-lint/1";

export interface LintReport {
  readonly schema: typeof LINT_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly file: InputFacts;
  readonly counts: Readonly<Record<LintLevel, number>>;
  readonly findings: readonly LintFinding[];
  /** What was looked at; a description that several sections share counts in each. */
  readonly coverage: { readonly sections: number; readonly descriptions: number; readonly fields: number };
}

/** One root cause in one file, in whatever sections it shows. */
export interface LintFinding {
  readonly rule: string;
  readonly level: LintLevel;
  readonly path: string;
  readonly vmsd: string;
  readonly sections: readonly string[];
  readonly message: string;
  readonly why: string;
  readonly advice: string;
  /** The first place in the file that shows it. */
  readonly place?: Place;
  readonly fingerprint: string;
}
