import type { Metadata } from "../../describe/index.ts";
import type { Finding } from "../report.ts";
import type { RenameEntry } from "./built-in-renames.ts";
import { namesOn, type SideNames } from "./named-site.ts";

/** A name that a finding tells of on one side, with the names that may stand for it on the other. */
export interface Sighting {
  readonly kind: RenameEntry["kind"];
  readonly name: string;
  readonly others: ReadonlySet<string>;
  /** Descriptions and types around it on both sides. */
  readonly places: readonly (string | undefined)[];
}

/** Names of one list that are on one side only; they may be one thing that also moved or changed. */
interface Loose {
  readonly old: Set<string>;
  readonly new: Set<string>;
}

/** What there is for a known rename to explain, by finding. */
export function sightingsOf(findings: readonly Finding[], old: Metadata, new_: Metadata): Map<Finding, Sighting> {
  const sightings = new Map<Finding, Sighting>();
  const lists = new Map<string, Loose>();
  for (const finding of findings) {
    if (!EXPLAINABLE.has(finding.rule)) continue;
    const left = namesOn("old", finding, old);
    const right = namesOn("new", finding, new_);
    const sighting = sightingOf(finding.rule, left, right, (list) => {
      const loose = lists.get(list) ?? { old: new Set(), new: new Set() };
      lists.set(list, loose);
      return loose;
    });
    if (sighting !== undefined) sightings.set(finding, sighting);
  }
  return sightings;
}

function sightingOf(
  rule: string,
  left: SideNames | undefined,
  right: SideNames | undefined,
  looseIn: (list: string) => Loose,
): Sighting | undefined {
  if (rule === "section-missing") return oneSided("section", left?.type, right?.type, looseIn(""), []);
  if (left === undefined || right === undefined) return undefined;
  const places = [left.description, right.description, left.type, right.type];
  switch (rule) {
    case "section-renamed":
      return pair("section", left.type, right.type, places);
    case "description-renamed":
      return pair("description", left.description, right.description, places);
    case "field-removed":
    case "field-added-unguarded":
      return oneSided("field", left.field, right.field, looseIn(`${left.pointer}\n${right.pointer}`), places);
    default:
      return pair("field", left.field, right.field, places);
  }
}

function pair(
  kind: Sighting["kind"],
  name: string | undefined,
  other: string | undefined,
  places: Sighting["places"],
): Sighting | undefined {
  return name === undefined || other === undefined ? undefined : { kind, name, others: new Set([other]), places };
}

/** The names on the other side are filled in as their own findings are met. */
function oneSided(
  kind: Sighting["kind"],
  gone: string | undefined,
  come: string | undefined,
  loose: Loose,
  places: Sighting["places"],
): Sighting | undefined {
  if (gone !== undefined) loose.old.add(gone);
  if (come !== undefined) loose.new.add(come);
  if (gone !== undefined) return { kind, name: gone, others: loose.new, places };
  return come === undefined ? undefined : { kind, name: come, others: loose.old, places };
}

const EXPLAINABLE = new Set([
  "description-renamed",
  "field-added-unguarded",
  "field-condition-changed",
  "field-removed",
  "field-renamed",
  "section-missing",
  "section-renamed",
]);
