import { DIRECTIONS, type Direction } from "../pair.ts";
import type { Finding } from "../report.ts";
import type { Break } from "./matrix.ts";
import type { Lookup } from "./pairing.ts";

interface Sighting {
  readonly older: number;
  readonly newer: number;
  readonly finding: Finding;
}

/**
 * Every error of a group with the build in which it first shows. Builds change more than one thing at a place, so what makes two
 * sightings one break is the rule and the path, not the fingerprint, which holds both sides' shapes.
 */
export function breaksOf(builds: readonly string[], lookup: Lookup): Break[] {
  return DIRECTIONS.flatMap((direction) => {
    const sightings = sightingsOf(builds.length, lookup, direction);
    return [...sightings.values()].map((all) => toBreak(all, direction, builds)).sort((a, b) => byBuild(a, b, builds));
  });
}

function sightingsOf(count: number, lookup: Lookup, direction: Direction): Map<string, Sighting[]> {
  const sightings = new Map<string, Sighting[]>();
  // By newer build first, then the nearest older one: the first sighting is the step that broke it.
  for (let newer = 1; newer < count; newer++) {
    for (let older = newer - 1; older >= 0; older--) {
      const { outcome } = direction === "forward" ? lookup(older, newer) : lookup(newer, older);
      const seen = new Set<string>();
      for (const finding of outcome.errors) {
        const key = [finding.rule, finding.vmsd, finding.path].join("\n");
        if (seen.has(key)) continue;
        seen.add(key);
        const all = sightings.get(key);
        if (all === undefined) sightings.set(key, [{ older, newer, finding }]);
        else all.push({ older, newer, finding });
      }
    }
  }
  return sightings;
}

function toBreak(all: readonly Sighting[], direction: Direction, builds: readonly string[]): Break {
  const [first] = all as [Sighting];
  const { rule, vmsd, path, sections, message, predictedError } = first.finding;
  const step = ({ older, newer }: Sighting) => ({ before: builds[older] as string, build: builds[newer] as string });
  const adjacent = all.filter(({ older, newer }) => newer - older === 1);
  return {
    rule,
    vmsd,
    path,
    direction,
    sections,
    message,
    predictedError,
    since: { ...step(first), adjacent: first.newer - first.older === 1 },
    steps: adjacent.map(step),
    cells: all.length,
  };
}

function byBuild(a: Break, b: Break, builds: readonly string[]): number {
  const text = (each: Break): string => `${each.path}\n${each.rule}`;
  return builds.indexOf(a.since.build) - builds.indexOf(b.since.build) || (text(a) < text(b) ? -1 : 1);
}
