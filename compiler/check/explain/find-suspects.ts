import type { Direction } from "../pair.ts";
import type { Finding, Report } from "../report.ts";
import { verdictOf } from "../verdict.ts";
import type { DescriptionIndex } from "./description-index.ts";
import type { Strength, Suspect } from "./log-explanation.ts";
import { type LoggedMessage, parseMessage } from "./parse-log.ts";

/** What a message names: where its section is known, only findings about that count. */
export interface Named {
  readonly message: LoggedMessage;
  readonly vmsd: string | undefined;
  readonly sections: readonly string[];
}

const STRONGEST_FIRST: readonly Strength[] = ["predicted", "error", "depends", "unknown", "opaque", "conditional"];
const MOST_NAMES = 8;
const STRENGTH_OF = { incompatible: "error", depends: "depends", unknown: "unknown" } as const;

/** Findings that can be behind a message, the strongest first; of equal ones those that share its field or description. */
export function findSuspects(named: Named, report: Report, index: DescriptionIndex, direction: Direction): Suspect[] {
  const { message, sections } = named;
  if (message.kind.notLayout === true) return [];
  const found = report.findings.flatMap((finding) => {
    const strength = strengthOf(finding, named, direction);
    return strength === undefined ? [] : [suspectOf(finding, strength, sections)];
  });
  const clear = found.filter(({ strength }) => strength === "predicted" || strength === "error");
  // Beside a break what is merely open only distracts.
  const open = [
    ...found,
    ...opaqueSuspects(sections, report),
    ...(message.kind.shift === true ? conditionalSuspects(sections, index) : []),
  ];
  const near = ({ path, finding }: Suspect): number =>
    mentions(path, message.groups.field) || mentions(path, named.vmsd) || finding?.vmsd === named.vmsd ? 0 : 1;
  return [...(clear.length > 0 ? clear : open)].sort((a, b) => byStrength(a, b) || near(a) - near(b));
}

export function byStrength(a: Suspect, b: Suspect): number {
  return STRONGEST_FIRST.indexOf(a.strength) - STRONGEST_FIRST.indexOf(b.strength);
}

function strengthOf(finding: Finding, named: Named, direction: Direction): Strength | undefined {
  const { message, sections } = named;
  const verdict = verdictOf(finding.levels[direction], finding.certainties[direction]);
  if (verdict === "compatible") return undefined;
  if (sections.length > 0 && !finding.sections.some((section) => sections.includes(section))) return undefined;
  if (sections.length === 0 && message.kind.anySection !== true) return undefined;
  if (foretold(finding, named)) return "predicted";
  // Where the message names no section, whatever is undecided anywhere would be a suspect.
  return sections.length === 0 && verdict !== "incompatible" ? undefined : STRENGTH_OF[verdict];
}

/**
 * A prediction may join two lines by a semicolon. The section that it names is only one of those that share the break, so that a
 * message about any of them is foretold; a description that it names must be the message's own.
 */
function foretold({ predictedError }: Finding, { message, vmsd }: Named): boolean {
  return (predictedError ?? "").split("; ").some((line) => {
    const parsed = parseMessage(line);
    if (parsed === undefined || parsed.kind.kind !== message.kind.kind) return false;
    const target = parsed.groups.vmsd ?? vmsd;
    return target === vmsd && (["sent", "known"] as const).every((name) => parsed.groups[name] === message.groups[name]);
  });
}

function suspectOf(finding: Finding, strength: Strength, sections: readonly string[]): Suspect {
  const { path, message, advice } = finding;
  const concerned = sections.length === 0 ? finding.sections : finding.sections.filter((section) => sections.includes(section));
  return { strength, sections: concerned, path, message, advice, finding };
}

function opaqueSuspects(sections: readonly string[], report: Report): Suspect[] {
  const byFields = new Map<string, { sections: string[]; vmsd: string; opaque: readonly string[] }>();
  for (const section of sections) {
    const { opaque = [], vmsd = section } = report.sections[section] ?? {};
    if (opaque.length === 0) continue;
    const known = byFields.get(opaque.join("\n"));
    if (known === undefined) byFields.set(opaque.join("\n"), { sections: [section], vmsd, opaque });
    else known.sections.push(section);
  }
  return [...byFields.values()].map(({ sections: types, vmsd, opaque }) => ({
    strength: "opaque",
    sections: types,
    path: vmsd,
    message: `Only code knows what ${opaque.map((field) => `'${field}'`).join(", ")} put${opaque.length === 1 ? "s" : ""} on the wire.`,
    advice: "Compare what both builds really send: a migration stream carries the sizes.",
  }));
}

/** With equal layouts on both sides this is what is left: a predicate that comes out differently. */
function conditionalSuspects(sections: readonly string[], { conditional }: DescriptionIndex): Suspect[] {
  const names = [...new Set(sections.flatMap((section) => [...(conditional.get(section) ?? [])]))];
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_NAMES).map((name) => `'${name}'`);
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return [
    {
      strength: "conditional",
      sections,
      path: sections.join(", "),
      message: `A predicate decides whether ${shown.join(", ")}${rest} ${names.length === 1 ? "is" : "are"} on the wire; if it comes out differently on the two sides, all behind it is shifted.`,
      advice: "Compare the device properties and machine types of both command lines, which such predicates test.",
    },
  ];
}

function mentions(path: string, name: string | undefined): boolean {
  return name !== undefined && path.split("/").some((_, at, segments) => segments.slice(at).join("/") === name || segments[at] === name);
}
