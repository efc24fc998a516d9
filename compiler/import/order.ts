import type { Vmsd } from "../describe/index.ts";
import { bodiesOf } from "./family.ts";
import type { DumpInput, Input } from "./input.ts";

/**
 * Inputs with the newest dump last, whatever the order of the command line, where `*.json` has 10.0 before 7.2. A dump does not say its build:
 * the newer one has more of the higher versions, or of as many more sections. Of equals, and of streams, the last one given is the newest.
 */
export function sortInputs(inputs: readonly Input[]): Input[] {
  const dumps = inputs.filter((each) => each.is === "dump");
  const versions = new Map(dumps.map((dump) => [dump, versionsIn(dump)]));
  const standing = new Map(
    dumps.map((dump) => [dump, dumps.reduce((sum, other) => sum + compare(versions.get(dump), versions.get(other)), 0)]),
  );
  const sorted = dumps.toSorted((a, b) => (standing.get(a) ?? 0) - (standing.get(b) ?? 0) || a.sections.length - b.sections.length);
  return [...sorted, ...inputs.filter((each) => each.is === "stream")];
}

type Versions = ReadonlyMap<string, number>;

/** How many vmsds have a higher version in the first than in the second, less those that have a lower one. */
function compare(a: Versions = new Map(), b: Versions = new Map()): number {
  return [...a].reduce((sum, [name, version]) => sum + Math.sign(version - (b.get(name) ?? version)), 0);
}

function versionsIn({ sections }: DumpInput): Versions {
  const versions = new Map<string, number>();
  const look = (vmsd: Vmsd): void => {
    for (const { vmsd: body } of bodiesOf(vmsd)) {
      versions.set(body.name, Math.max(versions.get(body.name) ?? 0, body.version_id));
      for (const { Description } of body.Fields ?? []) if (Description !== undefined) look(Description);
    }
  };
  for (const { vmsd } of sections) look(vmsd);
  return versions;
}
