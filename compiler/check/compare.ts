import type { Metadata } from "../describe/index.ts";
import type { Comparison } from "./align/align-run.ts";
import { type Judgement, judge } from "./judge.ts";
import { judgeSections } from "./judge-sections.ts";
import { LazyInputFacts } from "./lazy-input-facts.ts";
import { type MatchedSection, pairSections } from "./pair-sections.ts";
import { REPORT_SCHEMA, type Report, type ScopeFacts } from "./report.ts";
import { mergeFindings } from "./root-causes/merge.ts";
import { overall, sectionVerdicts } from "./section-verdicts.ts";
import { VERSION } from "./version.ts";

/** The devices of one VM. Left out of a comparison, every section counts. */
export type Scope = Omit<ScopeFacts, "outOfScope">;

export interface CompareOptions {
  readonly scope?: Scope;
}

export const NO_SCOPE: Scope = { source: "none", types: [], complete: true, unknown: [] };

/** Registered by code without a device description, so no dump can hold it. */
const NEVER_IN_A_DUMP = [
  "RAM contents and block sizes",
  "CPU state",
  "APIC, timers and other state that is registered without a device description",
  "device-private formats inside opaque fields",
  "values that a load refuses",
];

/**
 * Compares the metadata of two builds, both directions in one run. Throws nothing: whatever two well-formed inputs hold ends as a
 * finding. Suppression, baseline and policy come afterwards (applyPolicy) and never change what is found.
 */
export function compare(old: Metadata, new_: Metadata, options: CompareOptions = {}): Report {
  const scope = options.scope ?? NO_SCOPE;
  const all = pairSections(old, new_);
  const matches = scope.source === "none" ? all : all.filter((match) => isInScope(match, scope));
  const inScope = new Set(matches.map(({ name }) => name));
  const how: Comparison = {
    plain: old.plain && new_.plain,
    countsKnown: old.countsKnown && new_.countsKnown,
    looseNames: old.origin === "stream" || new_.origin === "stream",
  };
  const { judgements, coverage, opaque } = judgeSections(all, old, new_, how, (section) => inScope.has(section));
  const findings = mergeFindings([...judgeMetadata(old, new_), ...judgements], old, new_, (section) => inScope.has(section));
  const sections = sectionVerdicts(matches, findings, opaque);
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "vmstate", version: VERSION },
    old: new LazyInputFacts(old.source, old.machine),
    new: new LazyInputFacts(new_.source, new_.machine),
    scope: { ...scope, outOfScope: all.length - matches.length },
    verdict: overall(sections),
    sections,
    findings,
    suppressed: [],
    coverage: {
      sections: {
        compared: matches.filter((match) => match.old !== undefined && match.new !== undefined).length,
        onlyOld: matches.filter((match) => match.new === undefined).length,
        onlyNew: matches.filter((match) => match.old === undefined).length,
      },
      fields: coverage,
      undescribed: undescribed(scope, matches),
      neverInADump: NEVER_IN_A_DUMP,
    },
  };
}

function judgeMetadata(old: Metadata, new_: Metadata): Judgement[] {
  return [
    ...judge({ on: "metadata", from: old, to: new_ }, "forward", []),
    ...judge({ on: "metadata", from: new_, to: old }, "backward", []),
  ];
}

function isInScope(match: MatchedSection, scope: Scope): boolean {
  const wanted = new Set(scope.types);
  const names = [match.old, match.new].flatMap((side) =>
    side === undefined ? [] : scope.source === "stream" ? [side.section.Description?.name ?? side.type] : [side.type],
  );
  return names.some((name) => wanted.has(name));
}

function undescribed(scope: Scope, matches: readonly MatchedSection[]): string[] {
  if (scope.types.length === 0) return [];
  const known = new Set(
    matches.flatMap((match) =>
      [match.old, match.new].flatMap((side) => (side === undefined ? [] : [side.type, side.section.Description?.name])),
    ),
  );
  return scope.types.filter((type) => !known.has(type)).sort();
}
