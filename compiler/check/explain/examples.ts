import type { Directed } from "../report.ts";
import type { Certainty, Level } from "../rule.ts";
import examples from "./examples.json" with { type: "json" };

/** Of a rule between two builds: both layouts, drawn, and what the rule says about them. */
export interface CheckExample {
  readonly old: readonly string[];
  readonly new: readonly string[];
  readonly levels: Directed<Level>;
  readonly certainty: Certainty;
  readonly path: string;
  readonly message: string;
  readonly advice: string;
  readonly predictedError?: string;
}

/** Of a rule about one file. */
export interface LintExample {
  readonly file: readonly string[];
  readonly level: string;
  readonly path: string;
  readonly message: string;
  readonly advice: string;
}

export interface Examples {
  readonly check: Record<string, CheckExample>;
  readonly lint: Record<string, LintExample>;
}

/** The fixtures of the rules as drawn by `npm run generate`. */
export const EXAMPLES = examples as unknown as Examples;
