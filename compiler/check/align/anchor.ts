import type { Slot } from "../pair.ts";
import type { Comparison } from "./align-run.ts";
import { sameShape } from "./differs.ts";
import { type Candidate, heaviestInStep } from "./in-step.ts";
import { extentOf, groupBy, type Named, namesOf } from "./names.ts";
import { countOf, isPadding, sameKey } from "./slots.ts";

export interface Anchors {
  /** Indexes of namesakes in step, ascending on both sides. */
  readonly inStep: readonly (readonly [number, number])[];
  /** From an index to that of the namesake that stands elsewhere. */
  readonly movedFrom: ReadonlyMap<number, number>;
  readonly movedTo: ReadonlySet<number>;
  /** Structs that hold a namesake of something that stands elsewhere. */
  readonly astrayFrom: ReadonlySet<number>;
  readonly astrayTo: ReadonlySet<number>;
}

/** By far the most common case, and the only one that most sections ever see. */
export function sameNames(from: readonly Slot[], to: readonly Slot[]): boolean {
  if (from.length !== to.length) return false;
  const changed: Slot[] = [];
  for (let at = 0; at < from.length; at++) {
    // Not destructured from an array: see isIdentical.
    const a = from[at] as Slot;
    const b = to[at] as Slot;
    if (a.label !== b.label || a.field.Description?.name !== b.field.Description?.name) return false;
    if (isPadding(a) && !samePadding(a, b)) return false;
    if (countOf(a) !== countOf(b) || (a.field.size !== b.field.size && a.field.Description === undefined)) changed.push(a);
  }
  if (changed.length === 0) return true;
  // Among namesakes the place does not tell which of them changed.
  const groups = groupBy(from, ({ label }) => label);
  return changed.every((slot) => isPadding(slot) || groups.get(slot.label)?.length === 1);
}

function samePadding(a: Slot, b: Slot): boolean {
  return a.conditional === b.conditional && a.field.size * (countOf(a) ?? 1) === b.field.size * (countOf(b) ?? 1);
}

/**
 * Namesakes in step, and namesakes that are out of step. Where both sides have a name as often, each of them is the one that comes as the
 * first, the second … there; where they do not, the name does not tell which of them is gone, and solveGap asks the bytes.
 */
export function findAnchors(from: readonly Slot[], to: readonly Slot[], how: Comparison): Anchors {
  const isSame = (a: Slot | undefined, b: Slot | undefined): boolean =>
    a !== undefined && b !== undefined && !isPadding(a) && sameKey(a, b, how.looseNames) && sameShape(a, b);
  let head = 0;
  while (isSame(from[head], to[head])) head++;
  let tail = 0;
  const shortest = Math.min(from.length, to.length) - head;
  while (tail < shortest && isSame(from[from.length - 1 - tail], to[to.length - 1 - tail])) tail++;
  const pairs = pairNames(from.slice(head, from.length - tail), to.slice(head, to.length - tail), how);
  const candidates = pairs
    .filter(([a, b]) => !a.nested && !b.nested)
    .map(candidateOf)
    .sort((a, b) => a.from - b.from);
  const chosen = inStepOf(candidates, Math.max(from.length, to.length));
  const inStep: [number, number][] = [];
  for (let at = 0; at < head; at++) inStep.push([at, at]);
  for (const each of chosen) inStep.push([head + each.from, head + each.to]);
  for (let at = tail; at > 0; at--) inStep.push([from.length - at, to.length - at]);
  const kept = new Set(chosen.map((each) => each.from));
  const moved = candidates.filter((each) => !kept.has(each.from));
  const [left, right] = [gapsOf(chosen.map((each) => each.from)), gapsOf(chosen.map((each) => each.to))];
  const astray = pairs.filter(([a, b]) => (a.nested || b.nested) && left(a.at) !== right(b.at));
  return {
    inStep,
    astrayFrom: new Set(astray.flatMap(([a]) => (a.nested ? [head + a.at] : []))),
    astrayTo: new Set(astray.flatMap(([, b]) => (b.nested ? [head + b.at] : []))),
    movedFrom: new Map(moved.map((each) => [head + each.from, head + each.to])),
    movedTo: new Set(moved.map((each) => head + each.to)),
  };
}

/** The number of the gap between ascending anchors that an index lies in. */
function gapsOf(anchors: readonly number[]): (at: number) => number {
  const gaps: number[] = [];
  for (let gap = 0; gap < anchors.length; gap++) while (gaps.length <= (anchors[gap] as number)) gaps.push(gap);
  return (at) => gaps[at] ?? anchors.length;
}

type NamePair = readonly [Named, Named];

function pairNames(from: readonly Slot[], to: readonly Slot[], how: Comparison): NamePair[] {
  const byKey = ({ key }: Named): string => key;
  const lone = pairUp(namesOf(from, to, how), namesOf(to, from, how), byKey, 1);
  if (lone.from.length === 0 || lone.to.length === 0) return lone.pairs;
  // A namesake that is as long as before is the same one; what is left of a name may have changed.
  const alike = pairUp(lone.from, lone.to, ({ key, slot }) => `${key}\0${extentOf(slot, how)}`);
  return [...lone.pairs, ...alike.pairs, ...pairUp(alike.from, alike.to, byKey).pairs];
}

function candidateOf([a, b]: NamePair): Candidate {
  const weight = 6 + (a.slot.conditional === b.slot.conditional ? 2 : 0) + (sameShape(a.slot, b.slot) ? 1 : 0);
  return { name: a.key, from: a.at, to: b.at, weight };
}

/** Pairs the first with the first, the second with the second … of those that both sides have as often, up to `most` times. */
function pairUp(
  from: readonly Named[],
  to: readonly Named[],
  by: (named: Named) => string,
  most = Number.POSITIVE_INFINITY,
): { pairs: NamePair[]; from: Named[]; to: Named[] } {
  const [left, right] = [groupBy(from, by), groupBy(to, by)];
  const pairs: NamePair[] = [];
  const done = new Set<Named>();
  left.forEach((group, text) => {
    const others = right.get(text);
    if (others?.length !== group.length || group.length > most) return;
    for (let at = 0; at < group.length; at++) {
      const pair = [group[at] as Named, others[at] as Named] as const;
      pairs.push(pair);
      done.add(pair[0]).add(pair[1]);
    }
  });
  return { pairs, from: from.filter((named) => !done.has(named)), to: to.filter((named) => !done.has(named)) };
}

/** Of choices that weigh the same both directions of a check make the same one: the blame falls on one field. */
function inStepOf(candidates: readonly Candidate[], length: number): Candidate[] {
  const turned = candidates.map(({ name, from, to, weight }) => ({ name, from: to, to: from, weight })).sort((a, b) => a.from - b.from);
  const names = (list: readonly Candidate[]): string => list.map(({ name }) => name).join("\0");
  if (names(candidates) <= names(turned)) return heaviestInStep(candidates, length);
  return heaviestInStep(turned, length).map(({ name, from, to, weight }) => ({ name, from: to, to: from, weight }));
}
