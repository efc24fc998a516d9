import type { Content } from "./distinct-contents.ts";
import type { MatrixInput } from "./matrix.ts";
import { naturalOrder } from "./natural-order.ts";

/** A build's content for some machine types, and those of them that it has a file of. */
export interface GroupRow {
  readonly build: string;
  readonly content: Content;
  readonly files: ReadonlySet<string>;
}

export interface MachineGroup {
  readonly machines: readonly string[];
  readonly rows: readonly GroupRow[];
}

/**
 * Puts machine types together for which every build has the same content. A build that has no file for a machine type is taken with
 * its other dumps when these agree, because a dump does not depend on the machine type; so is a file that names no machine type.
 */
export function groupMachines(
  inputs: readonly MatrixInput[],
  builds: readonly string[],
  contents: ReadonlyMap<MatrixInput, Content>,
): MachineGroup[] {
  const ofBuild = new Map(builds.map((build) => [build, inputs.filter((input) => input.build === build)]));
  const machines = [...new Set(inputs.flatMap(({ machine }) => (machine === undefined ? [] : [machine])))].sort(naturalOrder);
  const groups = new Map<string, { machines: string[]; rows: { build: string; content: Content; files: Set<string> }[] }>();
  for (const machine of machines.length === 0 ? [undefined] : machines) {
    const rows = builds.flatMap((build) => {
      const found = contentFor(ofBuild.get(build) ?? [], machine, contents);
      return found === undefined ? [] : [{ build, ...found }];
    });
    const key = rows.map(({ build, content }) => `${build}\n${content.id}`).join("\n");
    const group = groups.get(key) ?? { machines: [], rows: rows.map((row) => ({ ...row, files: new Set<string>() })) };
    groups.set(key, group);
    if (machine === undefined) continue;
    group.machines.push(machine);
    for (const [at, row] of rows.entries()) if (row.file) group.rows[at]?.files.add(machine);
  }
  return [...groups.values()];
}

function contentFor(
  inputs: readonly MatrixInput[],
  machine: string | undefined,
  contents: ReadonlyMap<MatrixInput, Content>,
): { content: Content; file: boolean } | undefined {
  const own = inputs.find((input) => input.machine === machine) ?? inputs.find((input) => input.machine === undefined);
  const content = own === undefined ? undefined : contents.get(own);
  if (content !== undefined) return { content, file: own?.machine === machine };
  const all = new Set(inputs.map((input) => contents.get(input)));
  const [only] = all;
  return all.size === 1 && only !== undefined && inputs.every(({ metadata }) => metadata.origin === "dump")
    ? { content: only, file: false }
    : undefined;
}
