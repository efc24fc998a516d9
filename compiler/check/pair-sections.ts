import { type Metadata, pointerSegment, type Section } from "../describe/index.ts";
import type { SectionPair, SectionSide } from "./pair.ts";

/** A section of the old build with its counterpart in the new one; `name` is the type by which the report calls the pair. */
export interface MatchedSection {
  readonly name: string;
  readonly old: SectionSide | undefined;
  readonly new: SectionSide | undefined;
}

/**
 * Pairs sections by type, then what is left by the description's name, which is what the wire carries; only when that name is left
 * over exactly once on each side, because many types share one description. A stream has no types: there the name is all.
 */
export function pairSections(old: Metadata, new_: Metadata): MatchedSection[] {
  const pairs: MatchedSection[] = [];
  if ((old.origin === "stream") !== (new_.origin === "stream")) return pairByName(old, new_);
  old.sections.forEach((section, type) => {
    const other = new_.sections.get(type);
    if (other !== undefined) pairs.push({ name: type, old: side(type, section), new: side(type, other) });
  });
  const leftOld = leftovers(old, new_);
  const leftNew = leftovers(new_, old);
  for (const [name, lone] of leftOld.byName) {
    const other = leftNew.byName.get(name);
    if (lone.length !== 1 || other?.length !== 1) continue;
    const [left, right] = [lone[0] as SectionSide, other[0] as SectionSide];
    leftOld.all.delete(left.type);
    leftNew.all.delete(right.type);
    pairs.push({ name: left.type < right.type ? left.type : right.type, old: left, new: right });
  }
  for (const left of leftOld.all.values()) pairs.push({ name: left.type, old: left, new: undefined });
  for (const right of leftNew.all.values()) pairs.push({ name: right.type, old: undefined, new: right });
  return pairs;
}

/**
 * One side is a stream: each of its sections stands against the section of that description on the other side; of several, as types share
 * names of descriptions, against the one that has most of the fields which were sent.
 */
function pairByName(old: Metadata, new_: Metadata): MatchedSection[] {
  const [stream, dump] = old.origin === "stream" ? [old, new_] : [new_, old];
  const byName = new Map<string, SectionSide[]>();
  for (const [type, section] of dump.sections) {
    const name = section.Description?.name ?? type;
    byName.set(name, [...(byName.get(name) ?? []), side(type, section)]);
  }
  return [...stream.sections].map(([key, section]) => {
    const [sent, described] = [side(key, section), nearest(section, byName.get(section.Name) ?? [])];
    return old === stream ? { name: key, old: sent, new: described } : { name: key, old: described, new: sent };
  });
}

function nearest(sent: Section, candidates: readonly SectionSide[]): SectionSide | undefined {
  const names = fieldNames(sent);
  const strangers = ({ section }: SectionSide): number => {
    const own = fieldNames(section);
    return [...names].filter((name) => !own.has(name)).length + [...own].filter((name) => !names.has(name)).length;
  };
  return candidates.reduce<SectionSide | undefined>(
    (best, next) => (best === undefined || strangers(next) < strangers(best) ? next : best),
    undefined,
  );
}

function fieldNames({ Description }: Section): Set<string> {
  return new Set((Description?.Fields ?? []).map(({ field }) => field));
}

function leftovers(metadata: Metadata, other: Metadata): { all: Map<string, SectionSide>; byName: Map<string, SectionSide[]> } {
  const all = new Map<string, SectionSide>();
  const byName = new Map<string, SectionSide[]>();
  metadata.sections.forEach((section, type) => {
    if (other.sections.has(type)) return;
    const lone = side(type, section);
    all.set(type, lone);
    const name = section.Description?.name;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), lone]);
  });
  return { all, byName };
}

function side(type: string, section: Section): SectionSide {
  return { type, section, pointer: pointerSegment(type) };
}

/** The pair as one direction sees it. */
export function sectionPair(match: MatchedSection, direction: "forward" | "backward", old: Metadata, new_: Metadata): SectionPair {
  const lacking = match.old === undefined ? old : new_;
  const absenceProven =
    (match.old === undefined) !== (match.new === undefined) && lacking.devices !== undefined && !lacking.devices.has(match.name);
  return direction === "forward"
    ? { on: "section", type: match.name, from: match.old, to: match.new, absenceProven }
    : { on: "section", type: match.name, from: match.new, to: match.old, absenceProven };
}
