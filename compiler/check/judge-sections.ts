import type { Metadata, Vmsd } from "../describe/index.ts";
import type { Comparison } from "./align/align-run.ts";
import { addCoverage, emptyCoverage, type FieldCoverage } from "./align/coverage.ts";
import { type Compared, isIdentical } from "./align/identical.ts";
import { type Judgement, judgeSection } from "./judge.ts";
import { type MatchedSection, sectionPair } from "./pair-sections.ts";
import { sameLayout } from "./same-layout.ts";
import type { OpaqueFields } from "./section-verdicts.ts";

export interface JudgedSections {
  readonly judgements: readonly Judgement[];
  /** Of the sections in scope. */
  readonly coverage: FieldCoverage;
  /** By the name of the section. */
  readonly opaque: ReadonlyMap<string, OpaqueFields>;
}

/** How many different layouts of one name are remembered, so that a file full of them takes no longer than any other. */
const MOST_LAYOUTS = 8;

/** A section that was judged, with those that were found to be like it since. */
interface Judged {
  readonly match: MatchedSection;
  readonly inScope: boolean;
  readonly names: string[];
  readonly coverage: FieldCoverage;
  readonly opaque: OpaqueFields;
}

/**
 * Judges every section in both directions. Many types share one vmsd, so that what changed in one of them changed alike in the others: they
 * are judged once, under all their names.
 */
export function judgeSections(
  matches: readonly MatchedSection[],
  old: Metadata,
  new_: Metadata,
  how: Comparison,
  inScope: (name: string) => boolean,
): JudgedSections {
  const judgements: Judgement[] = [];
  const coverage = emptyCoverage();
  const opaque = new Map<string, OpaqueFields>();
  const judged = new Map<string, Judged[]>();
  const compared = new Map<Vmsd, Compared>();
  for (const match of matches) {
    const counts = inScope(match.name);
    const pair = sectionPair(match, "forward", old, new_);
    const own = emptyCoverage();
    const labels: string[] = [];
    if (isIdentical(pair, how, own, labels, compared)) {
      if (counts) addCoverage(coverage, own);
      opaque.set(match.name, { forward: labels, backward: labels });
      continue;
    }
    const key = match.new?.section.Description?.name ?? "";
    const known = judged.get(key) ?? [];
    let same = how.plain ? known.find((each) => each.inScope === counts && areTwins(each.match, match)) : undefined;
    if (same === undefined) {
      const names: string[] = [];
      const forward = judgeSection(pair, "forward", how, names);
      const backward = judgeSection(sectionPair(match, "backward", old, new_), "backward", how, names);
      judgements.push(...forward.judgements, ...backward.judgements);
      same = {
        match,
        inScope: counts,
        names,
        coverage: forward.coverage,
        opaque: { forward: forward.opaque, backward: backward.opaque },
      };
      if (known.length < MOST_LAYOUTS) judged.set(key, [...known, same]);
    }
    same.names.push(match.name);
    if (counts) addCoverage(coverage, same.coverage);
    opaque.set(match.name, same.opaque);
  }
  return { judgements, coverage, opaque };
}

/** Whether two pairs differ by no more than the type, which is the same one on both sides of each. */
function areTwins(a: MatchedSection, b: MatchedSection): boolean {
  return (
    a.old !== undefined &&
    a.new !== undefined &&
    b.old !== undefined &&
    b.new !== undefined &&
    a.old.type === a.new.type &&
    b.old.type === b.new.type &&
    sameLayout(a.old.section, b.old.section) &&
    sameLayout(a.new.section, b.new.section)
  );
}
