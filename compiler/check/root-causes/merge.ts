import { declaredAt, type Metadata } from "../../describe/index.ts";
import type { Judgement } from "../judge.ts";
import { DIRECTIONS, type Pair, pointerOf, type Slot } from "../pair.ts";
import type { Finding, Place, Verdict } from "../report.ts";
import type { Certainty, Level } from "../rule.ts";
import { verdictOf } from "../verdict.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { LazyPlace } from "./lazy-place.ts";
import { commonPath, type Site, shapeOf, siteOf } from "./site.ts";
import { witnessOf } from "./witness.ts";

const VERDICTS: readonly Verdict[] = ["compatible", "unknown", "depends", "incompatible"];
const LEVELS: readonly Level[] = ["none", "info", "warning", "error"];
const CERTAINTIES: readonly Certainty[] = ["proven", "likely", "unknown", "depends"];

interface Group {
  readonly key: string;
  readonly judgements: Judgement[];
  readonly sites: Site[];
}

/**
 * Joins judgements that have one root cause: the same rule on the same place of the same description, in whatever sections and in
 * either direction. Sorted by the worst level, then by path. Sections out of scope only help to name the place, so that a path does
 * not change with the scope.
 */
export function mergeFindings(
  judgements: readonly Judgement[],
  old: Metadata,
  new_: Metadata,
  inScope: (section: string) => boolean,
): Finding[] {
  const groups = new Map<string, Group>();
  for (const judgement of judgements) {
    // All sections of one judgement are in scope, or none is.
    const counts = judgement.sections.length === 0 || inScope(judgement.sections[0] as string);
    const site = siteOf(judgement.pair);
    const key = [judgement.rule.id, site.chain[0]?.vmsd, site.label, shape(judgement.pair)].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, judgements: counts ? [judgement] : [], sites: [site] });
    else {
      if (counts) group.judgements.push(judgement);
      group.sites.push(site);
    }
  }
  const found = [...groups.values()].filter(({ judgements }) => judgements.length > 0);
  return found.map((group) => toFinding(group, old, new_)).sort(byWeight);
}

function toFinding({ key, judgements, sites }: Group, old: Metadata, new_: Metadata): Finding {
  const [forward, backward] = DIRECTIONS.map((direction) => heaviest(judgements.filter((judgement) => judgement.direction === direction)));
  const lead = heaviest(judgements) as Judgement;
  const places = placesOf(lead);
  const witness = witnessOf(lead);
  const { predictedError } = lead.particulars;
  return {
    rule: lead.rule.id,
    levels: { forward: forward?.level ?? "none", backward: backward?.level ?? "none" },
    certainty: lead.certainty,
    certainties: { forward: forward?.certainty ?? "proven", backward: backward?.certainty ?? "proven" },
    sections: sectionsOf(judgements),
    ...commonPath(sites),
    message: lead.particulars.message,
    why: lead.rule.why,
    advice: lead.particulars.advice ?? lead.rule.fix,
    ...(predictedError === undefined ? {} : { predictedError }),
    conditions: lead.conditions,
    ...located("old", places.old, old),
    ...located("new", places.new, new_),
    ...(witness === undefined ? {} : { witness }),
    fingerprint: fingerprintOf(key),
    suppressed: false,
    baseline: "none",
  };
}

function sectionsOf(judgements: readonly Judgement[]): string[] {
  const names = new Set<string>();
  for (const { sections } of judgements) sections.forEach((name) => void names.add(name));
  return [...names].sort();
}

/** The worse direction speaks for both; forward when they are equal. */
function weight({ level, certainty, direction }: Judgement): number {
  const verdict = VERDICTS.indexOf(verdictOf(level, certainty));
  return LEVELS.indexOf(level) * 100 + verdict * 10 + (direction === "forward" ? 1 : 0);
}

function heaviest(judgements: readonly Judgement[]): Judgement | undefined {
  let best: Judgement | undefined;
  let most = -1;
  for (const next of judgements) {
    const own = weight(next);
    if (own <= most) continue;
    best = next;
    most = own;
  }
  return best;
}

function byWeight(a: Finding, b: Finding): number {
  const rank = ({ levels }: Finding): number => Math.max(LEVELS.indexOf(levels.forward), LEVELS.indexOf(levels.backward));
  return (
    rank(b) - rank(a) ||
    CERTAINTIES.indexOf(a.certainty) - CERTAINTIES.indexOf(b.certainty) ||
    compareText(a.path, b.path) ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Pointers by build instead of by direction. */
function placesOf({ pair, direction }: Judgement): { old: string | undefined; new: string | undefined } {
  const [from, to] = pointersOf(pair);
  return direction === "forward" ? { old: from, new: to } : { old: to, new: from };
}

function pointersOf(pair: Pair): [string | undefined, string | undefined] {
  switch (pair.on) {
    case "metadata":
      return [machinePointer(pair.from), machinePointer(pair.to)];
    case "section":
      return [pair.from?.pointer, pair.to?.pointer];
    case "vmsd":
      return [pair.frame.from.pointer, pair.frame.to.pointer];
    case "subsection":
      return [pair.from?.pointer ?? pair.frame.from.pointer, pair.to?.pointer ?? pair.frame.to.pointer];
    case "field":
      // The side that lacks the field is shown by the description that should have it.
      return [pointerIn(pair.from) ?? pair.frame.from.pointer, pointerIn(pair.to) ?? pair.frame.to.pointer];
  }
}

function machinePointer({ machine }: Metadata): string {
  return machine === undefined ? "" : "/vmschkmachine/Name";
}

function pointerIn(slots: readonly Slot[]): string | undefined {
  return slots[0] === undefined ? undefined : pointerOf(slots[0]);
}

function located(side: "old" | "new", pointer: string | undefined, metadata: Metadata): Partial<Record<"old" | "new", Place>> {
  return pointer === undefined ? {} : { [side]: new LazyPlace(metadata.source, pointer, declaredAt(metadata, pointer)) };
}

/** What both sides have there, in an order that does not depend on which is the older. */
function shape(pair: Pair): string {
  const sides = (): [string, string] => {
    switch (pair.on) {
      case "metadata":
        return [`${pair.from.machine}`, `${pair.to.machine}`];
      case "section":
        return [sectionShape(pair.from?.section), sectionShape(pair.to?.section)];
      case "vmsd":
        return [`${pair.frame.from.vmsd.Fields?.length}`, `${pair.frame.to.vmsd.Fields?.length}`];
      case "subsection":
        return [sectionShape(pair.from?.vmsd), sectionShape(pair.to?.vmsd)];
      case "field":
        return [shapeOf(pair.from), shapeOf(pair.to)];
    }
  };
  const [from, to] = sides();
  return from < to ? `${from} | ${to}` : `${to} | ${from}`;
}

function sectionShape(versions: { version_id: number; minimum_version_id?: number; name?: string } | undefined): string {
  return versions === undefined ? "" : `${versions.version_id}>=${versions.minimum_version_id} ${versions.name ?? ""}`;
}
