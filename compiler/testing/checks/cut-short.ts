import type { State } from "../../interpret/input.ts";
import { allSubsections } from "../../kinds/vmsd-fields.ts";
import { attempt, plain } from "../../oracle/outcome.ts";
import { leavesThatDiffer, loadsThatDiffer, tried, wrong } from "../differ.ts";
import { codecOf, interpreterOf, type LoadedSection } from "../section.ts";
import { countLeaves } from "../state-leaves.ts";

/** Every cut up to so many bytes, and a spread where there are more: fewer of what takes long. */
const MOST_CUTS = 48;
const LEAST_CUTS = 8;
/** Leaves that are looked at in all. */
const MOST_READ = 50_000;
/** The byte that a subsection begins with. */
const SUBSECTION = 0x05;

/** What is wrong where bytes end too early: they are refused, and a state that they were to be loaded into is as it was. */
export function cutShort(section: LoadedSection, bytes: Uint8Array): string[] {
  const [codec, interpreter] = [codecOf(section), interpreterOf(section)];
  const before = plain(codec.load(bytes).state) as State;
  for (const cut of cutsOf(bytes.length, countLeaves(before))) {
    const wire = bytes.subarray(0, cut);
    const due = attempt(() => interpreter.load(wire));
    const found = wrong(
      tried(() => codec.load(wire)),
      due,
      (one, other) => loadsThatDiffer(section, one, other),
    );
    if (found !== undefined) return [`cut at byte ${cut} of ${bytes.length}, ${found}`];
    if ("refused" in due) {
      const target = codec.load(bytes.slice()).state;
      tried(() => codec.loadInto(target, wire));
      const touched = leavesThatDiffer(section, before, target);
      if (touched !== undefined) return [`cut at byte ${cut} of ${bytes.length}, it is refused, and yet the state has changed: ${touched}`];
    }
    // What is left off may be whole subsections: to miss them is no matter of the section's own bytes.
    else if (bytes[due.done.end] !== SUBSECTION && !isInHeader(section, bytes, cut))
      return [`cut at byte ${cut} of ${bytes.length}, it is accepted`];
  }
  return [];
}

/** Whether a cut is in the name of a subsection, which a load then takes for what comes behind the subsections of a struct. */
function isInHeader({ vmsds }: LoadedSection, bytes: Uint8Array, cut: number): boolean {
  const names = Object.values(vmsds).flatMap((vmsd) => allSubsections(vmsd).map(({ name }) => name));
  return names.some((name) => {
    const header = Buffer.from([SUBSECTION, name.length, ...Buffer.from(name, "latin1")]);
    const at = Buffer.from(bytes).indexOf(header, Math.max(0, cut - header.length));
    return at !== -1 && at < cut && cut < at + header.length;
  });
}

function cutsOf(length: number, leaves: number): number[] {
  if (Math.max(length, Math.ceil(leaves / MOST_CUTS)) <= MOST_CUTS) return Array.from({ length }, (_, at) => at);
  const cuts = Math.max(LEAST_CUTS, Math.min(MOST_CUTS, Math.floor(MOST_READ / leaves)));
  const spread = Array.from({ length: cuts }, (_, at) => Math.floor((at * length) / cuts));
  return [...new Set([...spread, length - 1])];
}
