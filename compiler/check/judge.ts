import type { Comparison } from "./align/align-run.ts";
import { alignVmsd } from "./align/align-vmsd.ts";
import { conditionsOf } from "./align/conditions-of.ts";
import { emptyCoverage, type FieldCoverage } from "./align/coverage.ts";
import type { Direction, Frame, Pair, SectionPair } from "./pair.ts";
import type { AnyRule, Certainty, Level, Particulars } from "./rule.ts";
import { RULES } from "./rules/index.ts";

/** A rule's word on one pair in one direction, before root causes are merged. */
export interface Judgement {
  readonly rule: AnyRule;
  readonly direction: Direction;
  /** Names of the sections for which it holds; none when it is on the files as such. */
  readonly sections: readonly string[];
  readonly pair: Pair;
  readonly level: Level;
  readonly certainty: Certainty;
  readonly conditions: readonly string[];
  readonly particulars: Particulars;
}

export interface SectionJudgement {
  readonly judgements: readonly Judgement[];
  readonly coverage: FieldCoverage;
  readonly opaque: readonly string[];
}

const BY_KIND: Readonly<Record<Pair["on"], readonly AnyRule[]>> = {
  section: RULES.filter((rule) => rule.on === "section"),
  vmsd: RULES.filter((rule) => rule.on === "vmsd"),
  field: RULES.filter((rule) => rule.on === "field"),
  subsection: RULES.filter((rule) => rule.on === "subsection"),
  metadata: RULES.filter((rule) => rule.on === "metadata"),
};

/** Aligns one section in one direction and runs every rule over every pair that is not the same on both sides. */
export function judgeSection(pair: SectionPair, direction: Direction, how: Comparison, sections: readonly string[]): SectionJudgement {
  const root = rootFrame(pair);
  const alignment = root === undefined ? { pairs: [], coverage: emptyCoverage(), opaque: [] } : alignVmsd(root, how);
  const judgements = judge(pair, direction, sections);
  for (const each of alignment.pairs) judgements.push(...judge(each, direction, sections));
  return { judgements, coverage: alignment.coverage, opaque: alignment.opaque };
}

export function judge(pair: Pair, direction: Direction, sections: readonly string[]): Judgement[] {
  const found: Judgement[] = [];
  const rules = BY_KIND[pair.on];
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at] as AnyRule;
    const particulars = (rule.check as (pair: Pair) => Particulars | undefined)(pair);
    if (particulars === undefined) continue;
    const conditions = conditionsOf(pair);
    found.push({ rule, direction, sections, pair, particulars, conditions, ...graded(rule, particulars, conditions) });
  }
  return found;
}

/** Real builds break inside subsections that a machine never sends, and move it all the same. A break behind a condition breaks only the machines for which the condition holds, and metadata does not say which these are. */
function graded(
  rule: AnyRule,
  { level = rule.level, certainty = "proven" }: Particulars,
  conditions: readonly string[],
): { level: Level; certainty: Certainty } {
  return level === "error" && conditions.length > 0 ? { level: "warning", certainty: "depends" } : { level, certainty };
}

/**
 * Both sides' fields are taken at the version that is sent, or at the receiver's newest when that is lower: the version is then
 * refused, and what remains is what would still be wrong if it were not.
 */
function rootFrame({ from, to }: SectionPair): Frame | undefined {
  const left = from?.section.Description;
  const right = to?.section.Description;
  if (from === undefined || to === undefined || left === undefined || right === undefined) return undefined;
  const version = Math.min(left.version_id, right.version_id);
  return {
    kind: "section",
    parent: undefined,
    via: "",
    from: { vmsd: left, pointer: `${from.pointer}/Description` },
    to: { vmsd: right, pointer: `${to.pointer}/Description` },
    fromVersion: version,
    toVersion: version,
    conditions: [],
  };
}
