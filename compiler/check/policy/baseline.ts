import { InputError } from "../../describe/index.ts";
import { validateBaseline } from "../gen/validators.js";
import { DIRECTIONS } from "../pair.ts";
import type { Directed, Finding, Report } from "../report.ts";
import type { Level } from "../rule.ts";
import schema from "../schemas/baseline.schema.json" with { type: "json" };
import { jsonDocument } from "./document.ts";
import { faultOf } from "./fault.ts";
import { type Notice, sortedNotices } from "./notice.ts";

export const BASELINE_SCHEMA = "vmstate-baseline/1";

/** What an earlier comparison found (schemas/baseline.schema.json). */
export interface Baseline {
  readonly schema: typeof BASELINE_SCHEMA;
  readonly entries: readonly BaselineEntry[];
  readonly opaqueSections?: readonly string[];
}

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
  readonly levels: Directed<Level>;
}

export interface BaselineResult {
  readonly report: Report;
  readonly notices: readonly Notice[];
  /** Sections that were opaque already; exitStatus does not call them undecided again. */
  readonly knownOpaque: readonly string[];
}

const LEVELS: readonly Level[] = ["none", "info", "warning", "error"];

/** Reads a baseline file. Throws InputError with a position. */
export function readBaseline(text: string, path: string): Baseline {
  const document = jsonDocument(text, path);
  if (validateBaseline(document.value)) return document.value as Baseline;
  const { message, position } = faultOf(document, schema, validateBaseline.errors);
  throw new InputError("WRONG_SHAPE", path, message, position);
}

/**
 * Tells for each finding whether the baseline has it. One that is worse in a direction than it was is new: that was not accepted.
 * Levels and verdicts stay; only exitStatus takes notice. Apply the policy first, as when the baseline was written.
 */
export function applyBaseline(report: Report, baseline: Baseline): BaselineResult {
  const entries = new Map(baseline.entries.map((entry) => [entry.fingerprint, entry]));
  const findings = report.findings.map((finding): Finding => {
    const entry = entries.get(finding.fingerprint);
    return { ...finding, baseline: entry === undefined || isWorse(finding, entry) ? "new" : "known" };
  });
  const found = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const gone = baseline.entries.filter(({ fingerprint }) => !found.has(fingerprint));
  return {
    report: { ...report, findings },
    notices: sortedNotices(
      gone.map(({ rule, path, fingerprint }) => ({
        kind: "fixed-baseline",
        text: `The baseline has ${rule} at '${path}' (${fingerprint}), which is not found any more.`,
      })),
    ),
    knownOpaque: baseline.opaqueSections ?? [],
  };
}

/** The text of a baseline that knows everything in the report but what is suppressed; equal reports give equal bytes. */
export function writeBaseline(report: Report): string {
  const entries = report.findings
    .filter(({ suppressed }) => !suppressed)
    .map(({ fingerprint, rule, path, levels: { forward, backward } }) => ({ fingerprint, rule, path, levels: { forward, backward } }))
    .sort((a, b) => order(a.rule, b.rule) || order(a.path, b.path) || order(a.fingerprint, b.fingerprint));
  const opaqueSections = Object.entries(report.sections)
    .flatMap(([name, { opaque }]) => (opaque.length > 0 ? [name] : []))
    .sort();
  const baseline: Baseline = { schema: BASELINE_SCHEMA, entries, opaqueSections };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

function isWorse(finding: Finding, entry: BaselineEntry): boolean {
  return DIRECTIONS.some((direction) => LEVELS.indexOf(finding.levels[direction]) > LEVELS.indexOf(entry.levels[direction]));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
