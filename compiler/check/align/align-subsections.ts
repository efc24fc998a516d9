import type { Frame, Layout } from "../pair.ts";
import type { AlignRun } from "./align-run.ts";
import { subsectionsDiffer } from "./differs.ts";

const NO_SUBSECTIONS: readonly Layout[] = [];

export function subsectionsOf({ vmsd: { Subsections }, pointer }: Layout): readonly Layout[] {
  if (Subsections === undefined) return NO_SUBSECTIONS;
  const all = Subsections.map((vmsd, index) => ({ vmsd, pointer: `${pointer}/Subsections/${index}` }));
  return all.filter(({ vmsd }) => vmsd.decided !== "absent");
}

/**
 * Pairs subsections by name: their order is free on the wire. What one side lacks is handed to the rules; what both have is aligned
 * by `alignFrame`, unless its version is refused: then it is another layout, and nothing of it is read.
 */
export function alignSubsections(
  frame: Frame,
  from: readonly Layout[],
  to: readonly Layout[],
  run: AlignRun,
  alignFrame: (frame: Frame) => void,
): void {
  if (from.length + to.length === 0) return;
  const targets = new Map(to.map((layout) => [layout.vmsd.name, layout]));
  for (const left of from) {
    const { name, version_id: sent } = left.vmsd;
    const right = targets.get(name);
    targets.delete(name);
    if (right === undefined || subsectionsDiffer(frame, left, right)) run.pairs.push({ on: "subsection", frame, from: left, to: right });
    if (right === undefined || sent > right.vmsd.version_id || sent < (right.vmsd.minimum_version_id ?? 0)) continue;
    run.exact = false;
    const conditions = left.vmsd.decided === "present" ? frame.conditions : [...frame.conditions, name];
    alignFrame({ kind: "subsection", parent: frame, via: name, from: left, to: right, fromVersion: sent, toVersion: sent, conditions });
  }
  for (const right of targets.values()) run.pairs.push({ on: "subsection", frame, from: undefined, to: right });
}
