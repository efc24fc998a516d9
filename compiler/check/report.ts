import type { FieldCoverage } from "./align/coverage.ts";
import type { Direction } from "./pair.ts";
import type { Certainty, Level } from "./rule.ts";

/** Schema id of the JSON report; within /1 keys are added, never renamed (schemas/report.schema.json). */
export const REPORT_SCHEMA = "vmstate-check/1";

export type Verdict = "compatible" | "unknown" | "depends" | "incompatible";

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly old: InputFacts;
  readonly new: InputFacts;
  readonly scope: ScopeFacts;
  readonly verdict: Directed<Verdict>;
  readonly sections: Readonly<Record<string, SectionVerdict>>;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly coverage: Coverage;
}

export type Directed<T> = Readonly<Record<Direction, T>>;

export interface InputFacts {
  readonly path: string;
  readonly machine: string | null;
  /** Digest of the file as it is stored, compressed or not. */
  readonly sha256: string;
}

export interface ScopeFacts {
  readonly source: "qtree" | "libvirt" | "stream" | "list" | "qmp" | "none";
  /** QOM types of the VM; vmsd names when a stream is the source. */
  readonly types: readonly string[];
  /** False when the source named something that could not be translated into a type. */
  readonly complete: boolean;
  readonly unknown: readonly string[];
  /** Sections of either build that were left out because the VM does not have them. */
  readonly outOfScope: number;
}

export interface SectionVerdict extends Directed<Verdict> {
  readonly vmsd: string;
  /** Fields in step on both sides whose bytes only code knows: the reason for `unknown` where no finding is. */
  readonly opaque: readonly string[];
  /** What these fields alone leave open. */
  readonly floor: Directed<Verdict>;
  /** In which metadata the section stands. */
  readonly in: "both" | "old" | "new";
}

/** One root cause, with everything that is needed to act on it. */
export interface Finding {
  readonly rule: string;
  readonly levels: Directed<Level>;
  /** Of the worse direction; `certainties` has both. */
  readonly certainty: Certainty;
  readonly certainties: Directed<Certainty>;
  readonly sections: readonly string[];
  readonly vmsd: string;
  readonly path: string;
  readonly message: string;
  readonly why: string;
  readonly advice: string;
  readonly predictedError?: string;
  /** Names of the conditions that must hold for this to matter. */
  readonly conditions: readonly string[];
  readonly old?: Place;
  readonly new?: Place;
  readonly witness?: Witness;
  readonly fingerprint: string;
  readonly suppressed: boolean;
  readonly baseline: "new" | "known" | "none";
  /** What the rename knowledge says about it; never changes level or certainty. */
  readonly note?: string;
}

export interface Place {
  readonly pointer: string;
  /** Where the descriptor declares it, `devices/serial.ts:41`; only metadata that vmstate wrote says so. */
  readonly at?: string;
  readonly line: number;
  readonly column: number;
  /** The value is `text.slice(offset, end)`, in UTF-16 units of the decompressed text. */
  readonly offset: number;
  readonly end: number;
}

/** Where the bytes of the two sides part: offset in the section's body, what is written there and what is read there. */
export interface Witness {
  readonly direction: Direction;
  readonly offset: number;
  /** False behind conditional, opaque or uncounted fields, where `offset` is the least it can be. */
  readonly exact: boolean;
  readonly source: readonly WitnessField[];
  readonly destination: readonly WitnessField[];
}

export interface WitnessField {
  readonly path: string;
  /** Bytes; null for a struct or an opaque field. */
  readonly size: number | null;
}

export interface SuppressedFinding {
  readonly fingerprint: string;
  readonly reason: string;
  readonly expires: string | null;
  readonly by: string;
}

export interface Coverage {
  readonly sections: { readonly compared: number; readonly onlyOld: number; readonly onlyNew: number };
  readonly fields: Readonly<FieldCoverage>;
  /** Types in scope that neither file describes. */
  readonly undescribed: readonly string[];
  /** State that no dump ever holds, whatever was compared. */
  readonly neverInADump: readonly string[];
}
