import type { Direction } from "../pair.ts";
import type { Finding } from "../report.ts";

export const LOG_EXPLANATION_SCHEMA = "vmstate-explain-log/1";

/** What a log says and what in the metadata can be behind it. */
export interface LogExplanation {
  readonly schema: typeof LOG_EXPLANATION_SCHEMA;
  /** Forward: the old build saved. */
  readonly direction: Direction;
  readonly messages: readonly ExplainedMessage[];
  /** The suspects of all messages, each once, the strongest first. */
  readonly suspects: readonly Suspect[];
  readonly conclusion: string;
}

export interface ExplainedMessage {
  readonly kind: string;
  readonly line: number;
  readonly text: string;
  readonly meaning: string;
  /** Where to look when there is no suspect. */
  readonly lookAt: string;
  /** Name of the section's description; absent when the message names none. */
  readonly vmsd?: string;
  readonly field?: string;
  /** Device types whose section it can be. */
  readonly sections: readonly string[];
  readonly suspects: readonly Suspect[];
}

/**
 * Predicted: the finding foretold this very message. Error: a break in that section. Depends: one under a condition. Unknown: one
 * that metadata cannot decide. Opaque and conditional: no finding, but fields that could differ all the same, because only code
 * knows their bytes or a predicate decides whether they are sent.
 */
export type Strength = "predicted" | "error" | "depends" | "unknown" | "opaque" | "conditional";

export interface Suspect {
  readonly strength: Strength;
  readonly sections: readonly string[];
  readonly path: string;
  readonly message: string;
  readonly advice: string;
  /** Absent for opaque and conditional fields. */
  readonly finding?: Finding;
}
