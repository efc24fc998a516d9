import type { Direction } from "./pair.ts";
import type { MatchedSection } from "./pair-sections.ts";
import type { Directed, Finding, Report, SectionVerdict, Verdict } from "./report.ts";
import { findingVerdict, worst } from "./verdict.ts";

/** Labels of a section's opaque fields that stand in step, by direction: a refused subsection hides those inside it. */
export type OpaqueFields = Directed<readonly string[]>;

const NONE: OpaqueFields = { forward: [], backward: [] };

/** The verdict of every section, by name in order. */
export function sectionVerdicts(
  matches: readonly MatchedSection[],
  findings: readonly Finding[],
  opaque: ReadonlyMap<string, OpaqueFields>,
): Record<string, SectionVerdict> {
  const bySection = findingsBySection(findings);
  const byName = new Map(matches.map((match) => [match.name, match]));
  const verdictOf = (name: string): SectionVerdict => {
    const { old, new: new_ } = byName.get(name) as MatchedSection;
    const hidden = opaque.get(name) ?? NONE;
    const floor = floorOf(hidden);
    const { forward, backward } = sectionVerdict(bySection.get(name), floor);
    const vmsd = (old ?? new_)?.section.Description?.name ?? name;
    return { forward, backward, vmsd, opaque: union(hidden), floor, in: old === undefined ? "new" : new_ === undefined ? "old" : "both" };
  };
  const names = [...byName.keys()].sort();
  // A type may be called __proto__; plain assignment would lose it.
  return Object.fromEntries(names.map((name) => [name, verdictOf(name)]));
}

/** The verdicts of a report after levels were changed or findings suppressed. */
export function reverdict(report: Report, findings: readonly Finding[]): Pick<Report, "sections" | "verdict"> {
  const bySection = findingsBySection(findings);
  const sections = Object.fromEntries(
    Object.entries(report.sections).map(([name, section]) => [name, { ...section, ...sectionVerdict(bySection.get(name), section.floor) }]),
  );
  return { sections, verdict: overall(sections) };
}

/** The worst of all sections. */
export function overall(sections: Readonly<Record<string, SectionVerdict>>): Directed<Verdict> {
  const all = Object.values(sections);
  return { forward: worst(all.map(({ forward }) => forward)), backward: worst(all.map(({ backward }) => backward)) };
}

const COMPATIBLE: Directed<Verdict> = { forward: "compatible", backward: "compatible" };

/** Most sections have no opaque field and share what says so. */
function floorOf({ forward, backward }: OpaqueFields): Directed<Verdict> {
  const of = (labels: readonly string[]): Verdict => (labels.length > 0 ? "unknown" : "compatible");
  return forward.length + backward.length === 0 ? COMPATIBLE : { forward: of(forward), backward: of(backward) };
}

function union({ forward, backward }: OpaqueFields): readonly string[] {
  return forward === backward || backward.length === 0 ? forward : [...new Set([...forward, ...backward])];
}

function sectionVerdict(findings: readonly Finding[] | undefined, floor: Directed<Verdict>): Directed<Verdict> {
  if (findings === undefined) return floor;
  const judged = (direction: Direction): Verdict =>
    worst([floor[direction], ...findings.map((finding) => findingVerdict(finding, direction))]);
  return { forward: judged("forward"), backward: judged("backward") };
}

function findingsBySection(findings: readonly Finding[]): Map<string, Finding[]> {
  const bySection = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const section of finding.sections) {
      const list = bySection.get(section);
      if (list === undefined) bySection.set(section, [finding]);
      else list.push(finding);
    }
  }
  return bySection;
}
