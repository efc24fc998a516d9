import type { Metadata } from "../../describe/index.ts";
import { type Notice, sortedNotices } from "../policy/notice.ts";
import type { Finding, Report } from "../report.ts";
import type { KnownRename } from "./built-in-renames.ts";
import { type Sighting, sightingsOf } from "./sighting.ts";

export interface Annotated {
  readonly report: Report;
  /** Entries of users' files that explained nothing. */
  readonly unused: readonly Notice[];
}

/**
 * Explains findings with renames that are known: sets `note`, and nothing else. No level, certainty or verdict changes, so knowledge
 * can neither hide a break nor make one. `old` and `new_` are what the report compares.
 */
export function annotateRenames(report: Report, knowledge: readonly KnownRename[], old: Metadata, new_: Metadata): Annotated {
  const byName = indexByName(knowledge);
  const sightings = sightingsOf(report.findings, old, new_);
  const used = new Set<KnownRename>();
  const findings = report.findings.map((finding): Finding => {
    const sighting = sightings.get(finding);
    const known = sighting === undefined ? [] : (byName.get(sighting.name) ?? []).filter((entry) => explains(entry, sighting));
    for (const entry of known) used.add(entry);
    // A user's own words come before those that come with vmstate.
    const first = known.find(({ file }) => file !== undefined) ?? known[0];
    return first === undefined ? finding : { ...finding, note: noteOf(first) };
  });
  const unused = knowledge.filter((entry) => entry.file !== undefined && !used.has(entry));
  return {
    report: { ...report, findings },
    unused: sortedNotices(unused.map((entry) => ({ kind: "unused-rename", text: `${entry.file}: ${called(entry)} explains no finding.` }))),
  };
}

function indexByName(knowledge: readonly KnownRename[]): Map<string, KnownRename[]> {
  const byName = new Map<string, KnownRename[]>();
  for (const entry of knowledge) {
    for (const name of entry.names) {
      const entries = byName.get(name);
      if (entries === undefined) byName.set(name, [entry]);
      else entries.push(entry);
    }
  }
  return byName;
}

function explains(entry: KnownRename, { kind, name, others, places }: Sighting): boolean {
  const [older, newer] = entry.names;
  return (
    entry.kind === kind &&
    others.has(name === older ? newer : older) &&
    (entry.description === undefined || places.includes(entry.description))
  );
}

function noteOf(entry: KnownRename): string {
  const facts = [
    ...(entry.since === undefined ? [] : [`since ${entry.since}`]),
    ...(entry.commit === undefined ? [] : [`commit ${entry.commit}`]),
  ];
  const known = `${called(entry)} is known${facts.length === 0 ? "" : ` (${facts.join(", ")})`}.`;
  return entry.note === undefined ? known : `${known} ${entry.note}`;
}

function called({ kind, description, names: [older, newer] }: KnownRename): string {
  const what = { section: "type", description: "description", field: "field" }[kind];
  return `The rename of ${what} '${older}' to '${newer}'${description === undefined ? "" : ` in '${description}'`}`;
}
