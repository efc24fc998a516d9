import { contentComparer } from "./compare-contents.ts";
import { type Content, distinctContents } from "./distinct-contents.ts";
import { type GroupRow, groupMachines, type MachineGroup } from "./group-machines.ts";
import { breaksOf } from "./history.ts";
import { hopsOf } from "./hops.ts";
import type { BuildOrder, Matrix, MatrixCell, MatrixGroup, MatrixInput } from "./matrix.ts";
import { naturalOrder } from "./natural-order.ts";
import type { Lookup, Pairing } from "./pairing.ts";
import { windowsOf } from "./source-windows.ts";

export interface MatrixOptions {
  /** Defaults to natural. */
  readonly order?: BuildOrder;
}

/** Two files that differ claim to be the same build with the same machine type. */
export class SameBuildError extends Error {
  override readonly name = "SameBuildError";
  readonly code = "SAME_BUILD";
}

/**
 * Compares every build with every other, per machine type and in both directions. Inputs of equal content are compared once. Throws
 * SameBuildError when two inputs of one build and machine type differ.
 */
export function buildMatrix(inputs: readonly MatrixInput[], options: MatrixOptions = {}): Matrix {
  const contents = distinctContents(inputs);
  refuseContradictions(inputs, contents);
  const order = options.order ?? "natural";
  const builds = [...new Set(inputs.map(({ build }) => build))];
  if (order === "natural") builds.sort(naturalOrder);
  const compare = contentComparer();
  return {
    order,
    builds,
    machines: [...new Set(inputs.flatMap(({ machine }) => (machine === undefined ? [] : [machine])))].sort(naturalOrder),
    files: inputs.map((input) => ({
      path: input.metadata.source.path,
      build: input.build,
      machine: input.machine ?? null,
      sha256: input.metadata.source.sha256(),
      schema: contents.get(input)?.id ?? "",
    })),
    schemas: [...new Set(contents.values())].map((content) => {
      const holders = inputs.filter((input) => contents.get(input) === content);
      const named = new Set(holders.map(({ build }) => build));
      return {
        id: content.id,
        builds: builds.filter((build) => named.has(build)),
        files: holders.length,
        sections: content.metadata.sections.size,
      };
    }),
    groups: groupMachines(inputs, builds, contents).map((group) => toGroup(group, compare)),
  };
}

function refuseContradictions(inputs: readonly MatrixInput[], contents: ReadonlyMap<MatrixInput, Content>): void {
  const seen = new Map<string, MatrixInput>();
  for (const input of inputs) {
    const key = JSON.stringify([input.build, input.machine]);
    const first = seen.get(key) ?? input;
    seen.set(key, first);
    if (contents.get(first) === contents.get(input)) continue;
    const machine = input.machine === undefined ? "" : ` with machine type '${input.machine}'`;
    const [one, other] = [first.metadata.source.path, input.metadata.source.path];
    throw new SameBuildError(`'${one}' and '${other}' are both build '${input.build}'${machine}, and they differ.`);
  }
}

function toGroup({ machines, rows }: MachineGroup, compare: ReturnType<typeof contentComparer>): MatrixGroup {
  const pairs: Pairing[] = rows.flatMap((from, i) =>
    rows.map((to, j) => ({
      from: from.build,
      to: to.build,
      distance: j - i,
      outcome: compare(from.content, to.content),
    })),
  );
  const lookup: Lookup = (i, j) => pairs[i * rows.length + j] as Pairing;
  const builds = rows.map(({ build }) => build);
  return {
    machines,
    rows: rows.map(({ build, content, files }) => ({
      build,
      schema: content.id,
      assumed: machines.filter((machine) => !files.has(machine)),
    })),
    cells: pairs.map((pair, at) =>
      toCell(pair, machines, rows[Math.floor(at / rows.length)] as GroupRow, rows[at % rows.length] as GroupRow),
    ),
    history: breaksOf(builds, lookup),
    windows: windowsOf(builds, lookup),
    hops: hopsOf(builds, lookup),
  };
}

function toCell({ distance, outcome }: Pairing, machines: readonly string[], from: GroupRow, to: GroupRow): MatrixCell {
  const measured = machines.filter((machine) => from.files.has(machine) && to.files.has(machine));
  return {
    from: from.build,
    to: to.build,
    direction: distance === 0 ? undefined : distance > 0 ? "forward" : "backward",
    verdict: outcome.verdict,
    findings: outcome.findings,
    sameSchema: from.content === to.content,
    machines: measured,
    assumed: machines.filter((machine) => !measured.includes(machine)),
  };
}
