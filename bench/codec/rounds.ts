import { spawnSync } from "node:child_process";
import type { Series } from "./bars.ts";
import { WORKS, type Work, type Works } from "./clock.ts";

/** A process to start, and the name under which it is reported. */
export interface Run {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

export interface Measured {
  readonly size: number;
  readonly works: Partial<Record<Work, { readonly ns: number[]; readonly heap: number[] }>>;
}

/** A round is one process of each, so that a drift of the machine hits all alike; every other round runs backwards, so that no case always
 *  follows the same other. */
export function measure(node: string, runs: readonly Run[], rounds: number): Map<string, Measured> {
  const measured = new Map<string, Measured>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, script, args } of round % 2 === 0 ? runs : runs.toReversed()) {
      const run = spawnSync(node, [script, ...args], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(`${name} failed:\n${run.stderr}`);
      collect(measured, name, JSON.parse(run.stdout) as { size: number; works: Works });
    }
  }
  return measured;
}

function collect(measured: Map<string, Measured>, name: string, { size, works }: { size: number; works: Works }): void {
  const all = measured.get(name) ?? { size, works: {} };
  measured.set(name, all);
  for (const work of WORKS) {
    const timing = works[work];
    if (timing === undefined) continue;
    const times = all.works[work] ?? { ns: [], heap: [] };
    all.works[work] = times;
    times.ns.push(timing.ns);
    times.heap.push(timing.heap);
  }
}

export function seriesOf(measured: ReadonlyMap<string, Measured>): Series {
  return new Map([...measured].map(([name, { works }]) => [name, works]));
}
