import type { SectionPair } from "../../pair.ts";

interface Versions {
  readonly version_id: number;
  readonly minimum_version_id?: number;
}

/**
 * The version numbers of a section on both sides, as the section states them and as its description does. Real dumps say the same
 * twice; where a file contradicts itself either may be what the build does, so both are judged.
 */
export function versionsOf(pair: SectionPair): { name: string; from: Versions; to: Versions }[] {
  if (pair.from === undefined || pair.to === undefined) return [];
  const left = pair.from.section;
  const right = pair.to.section;
  const name = right.Description?.name ?? right.Name ?? pair.type;
  const stated = [{ name, from: left as Versions, to: right as Versions }];
  if (left.Description !== undefined && right.Description !== undefined)
    stated.push({ name, from: left.Description, to: right.Description });
  return stated;
}
