import type { Metadata } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import type { Direction } from "../pair.ts";
import type { Directed, Finding, Report, Verdict } from "../report.ts";
import { worst } from "../verdict.ts";
import type { Content } from "./distinct-contents.ts";
import type { LevelCounts } from "./matrix.ts";

/** One direction of one comparison, as far as a matrix shows it. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly findings: LevelCounts;
  readonly errors: readonly Finding[];
}

/** Saved with the first content, loaded with the second. */
export type Compare = (from: Content, to: Content) => Outcome;

/**
 * Compares contents on demand, each unordered pair once: one comparison judges both directions. Sections that are the same on both
 * sides are judged once for all pairs, by comparing their content with itself.
 */
export function contentComparer(): Compare {
  const known = new Map<string, Directed<Outcome>>();
  const alone = new Map<string, Report>();
  const withItself = (content: Content): Report => {
    const report = alone.get(content.id) ?? compare(content.metadata, content.metadata);
    alone.set(content.id, report);
    return report;
  };
  return (from, to) => {
    // The order of the pair is that of the ids, so that it depends on nothing else.
    const [old, new_, direction] = from.id <= to.id ? ([from, to, "forward"] as const) : ([to, from, "backward"] as const);
    const key = `${old.id} ${new_.id}`;
    const outcome = known.get(key) ?? comparePair(old, new_, withItself);
    known.set(key, outcome);
    return outcome[direction];
  };
}

function comparePair(old: Content, new_: Content, withItself: (content: Content) => Report): Directed<Outcome> {
  if (old.id === new_.id) return outcomes(withItself(old), []);
  // A stream pairs its sections by name, across types.
  if (old.metadata.origin === "stream" || new_.metadata.origin === "stream") return outcomes(compare(old.metadata, new_.metadata), []);
  const same = new Set([...old.sectionIds].filter(([type, id]) => new_.sectionIds.get(type) === id).map(([type]) => type));
  const report = compare(without(old.metadata, same), without(new_.metadata, same));
  const { sections } = withItself(old);
  return outcomes(
    report,
    [...same].map((type) => sections[type] ?? { forward: "compatible", backward: "compatible" }),
  );
}

function without(metadata: Metadata, types: ReadonlySet<string>): Metadata {
  return { ...metadata, sections: new Map([...metadata.sections].filter(([type]) => !types.has(type))) };
}

function outcomes(report: Report, same: readonly Directed<Verdict>[]): Directed<Outcome> {
  const outcome = (direction: Direction): Outcome => {
    const count = (level: keyof LevelCounts): number => report.findings.filter(({ levels }) => levels[direction] === level).length;
    return {
      verdict: worst([report.verdict[direction], ...same.map((section) => section[direction])]),
      findings: { error: count("error"), warning: count("warning"), info: count("info") },
      errors: report.findings.filter(({ levels }) => levels[direction] === "error"),
    };
  };
  return { forward: outcome("forward"), backward: outcome("backward") };
}
