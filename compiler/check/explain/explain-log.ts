import type { Metadata } from "../../describe/index.ts";
import type { Direction } from "../pair.ts";
import type { Report } from "../report.ts";
import { type DescriptionIndex, descriptionOf, indexDescriptions } from "./description-index.ts";
import { byStrength, findSuspects, type Named } from "./find-suspects.ts";
import { type ExplainedMessage, LOG_EXPLANATION_SCHEMA, type LogExplanation, type Suspect } from "./log-explanation.ts";
import { type LoggedMessage, parseLog } from "./parse-log.ts";

/**
 * Explains a destination's log by the comparison of the two builds: each known message in words, the sections it is about and the
 * findings that can be behind it. Forward, the old build saved. Throws nothing; a log without a known message says so.
 */
export function explainLog(log: string, old: Metadata, new_: Metadata, report: Report, direction: Direction = "forward"): LogExplanation {
  const index = indexDescriptions(old, new_);
  const logged = parseLog(log);
  const messages = logged.map((message, at) => {
    const named = nameOf(message, index) ?? inherited(logged, at, index) ?? { message, vmsd: undefined, sections: [] };
    const narrowed = { ...named, message, sections: narrow(named.sections, inherited(logged, at, index)?.sections) };
    // What speaks of any section adds nothing where another line names one.
    const idle = message.kind.anySection === true && logged.some((other) => other.kind.anySection !== true);
    return explained(narrowed, idle ? [] : findSuspects(narrowed, report, index, direction));
  });
  const suspects = strongest(messages);
  return { schema: LOG_EXPLANATION_SCHEMA, direction, messages, suspects, conclusion: conclude(messages, suspects) };
}

/** The section or description that the message itself names. */
function nameOf(message: LoggedMessage, index: DescriptionIndex): Named | undefined {
  const { id, vmsd } = message.groups;
  if (id !== undefined) {
    const name = descriptionOf(id, index);
    return { message, vmsd: name, sections: [...(index.sections.get(name) ?? [])].sort() };
  }
  return vmsd === undefined ? undefined : { message, vmsd, sections: [...(index.holders.get(vmsd) ?? [])].sort() };
}

/** QEMU reports from the inside outwards: the section that a message belongs to is named by a later line. */
function inherited(logged: readonly LoggedMessage[], at: number, index: DescriptionIndex): Named | undefined {
  const message = logged[at];
  if (message === undefined || message.kind.notLayout === true || message.kind.anySection === true) return undefined;
  const outer = logged.slice(at).find(({ groups }) => groups.id !== undefined);
  return outer === undefined ? undefined : nameOf(outer, index);
}

/** A struct may be part of many sections; the one that the log names is meant. */
function narrow(sections: readonly string[], within: readonly string[] | undefined): readonly string[] {
  const both = sections.filter((section) => within?.includes(section));
  return both.length > 0 ? both : sections;
}

function explained({ message, vmsd, sections }: Named, suspects: readonly Suspect[]): ExplainedMessage {
  const { kind, line, text, groups } = message;
  const { field } = groups;
  return {
    kind: kind.kind,
    line,
    text,
    meaning: kind.meaning,
    lookAt: kind.lookAt,
    ...(vmsd === undefined ? {} : { vmsd }),
    ...(field === undefined ? {} : { field }),
    sections,
    suspects,
  };
}

function strongest(messages: readonly ExplainedMessage[]): Suspect[] {
  const best = new Map<string, Suspect>();
  for (const suspect of messages.flatMap(({ suspects }) => suspects)) {
    const key = suspect.finding?.fingerprint ?? suspect.message;
    const known = best.get(key);
    if (known === undefined || byStrength(suspect, known) < 0) best.set(key, suspect);
  }
  return [...best.values()].sort(byStrength);
}

function conclude(messages: readonly ExplainedMessage[], suspects: readonly Suspect[]): string {
  const [first] = suspects;
  const [told] = messages;
  if (told === undefined) return "No line of the log is a message with which a load ends; the destination's own log is wanted.";
  if (first === undefined) return `Nothing in the metadata explains this: look at ${told.lookAt}.`;
  switch (first.strength) {
    case "predicted":
      return `This is the error that was to be expected of ${first.path}: ${first.message}`;
    case "error":
      return `The break in ${first.path} is the likely cause: ${first.message}`;
    case "depends":
      return `Nothing is certain to break there; ${first.path} breaks under a condition: ${first.message}`;
    case "unknown":
    case "opaque":
    case "conditional":
      return `No finding explains this; what metadata leaves open in ${first.path}: ${first.message} Otherwise look at ${told.lookAt}.`;
  }
}
