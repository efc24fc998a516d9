// Speed of the generated codecs beside the best code by hand and the libraries: `npm run bench:codec [-- --rounds N] [--only CASE,…]
// [--node PATH]`. Each case runs in a process of its own; a round is one process of each, so that a drift of the machine hits all alike.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { median } from "../measure.ts";
import { type Bar, generatedBars, holds, referenceBars } from "./bars.ts";
import type { Case } from "./case.ts";
import { OWN, PEER_CASES } from "./cases/index.ts";
import { WORKS, type Work, type Works } from "./clock.ts";
import { peersInstalled } from "./peer.ts";
import { preparePeers } from "./prepare-peers.ts";
import { pairedRatio } from "./statistics.ts";

interface Measured {
  size: number;
  readonly works: Partial<Record<Work, { ns: number[]; heap: number[] }>>;
}

const { values } = parseArgs({ options: { rounds: { type: "string" }, only: { type: "string" }, node: { type: "string" } } });
const rounds = Number(values.rounds ?? "15");
const node = values.node ?? process.execPath;
const only = values.only?.split(",");
const wanted = ({ name }: Case): boolean => only === undefined || only.includes(name);

async function main(): Promise<number> {
  const installed = peersInstalled();
  if (installed) await preparePeers();
  else for (const { name } of PEER_CASES.filter(wanted)) console.log(`peer absent: ${name} (npm run bench:codec:peers)`);
  const cases = [...OWN, ...(installed ? PEER_CASES : [])].filter(wanted);
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  console.log(`node ${version}, ${rounds} rounds, a process each, ns an operation: median, ratio to the reference, heap bytes`);
  const measured = measure(cases);
  for (const each of cases) console.log(row(each, measured));
  const series = new Map([...measured].map(([name, { works }]) => [name, works]));
  const bars = [
    ...referenceBars(series),
    ...generatedBars(
      series,
      PEER_CASES.map(({ name }) => name),
    ),
  ];
  for (const bar of bars) console.log(barLine(bar));
  return bars.every(holds) ? 0 : 1;
}

/** Every other round runs backwards, so that no case always follows the same other. */
function measure(cases: readonly Case[]): Map<string, Measured> {
  const measured = new Map<string, Measured>();
  for (let round = 0; round < rounds; round++) {
    for (const { name } of round % 2 === 0 ? cases : cases.toReversed()) {
      const run = spawnSync(node, ["dist/codec-child.cjs", name], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(`${name} failed:\n${run.stderr}`);
      collect(measured, name, JSON.parse(run.stdout) as { size: number; works: Works });
    }
  }
  return measured;
}

function collect(measured: Map<string, Measured>, name: string, { size, works }: { size: number; works: Works }): void {
  const soFar = measured.get(name) ?? { size, works: {} };
  measured.set(name, soFar);
  for (const work of WORKS) {
    const timing = works[work];
    if (timing === undefined) continue;
    const times = soFar.works[work] ?? { ns: [], heap: [] };
    soFar.works[work] = times;
    times.ns.push(timing.ns);
    times.heap.push(timing.heap);
  }
}

function row({ name, note }: Case, measured: ReadonlyMap<string, Measured>): string {
  const { size = 0, works = {} } = measured.get(name) ?? {};
  const columns = WORKS.map((work) => {
    const times = works[work];
    if (times === undefined) return "-".padStart(32);
    const reference = measured.get("reference")?.works[work]?.ns;
    const ratio = reference === undefined ? "" : `${pairedRatio(times.ns, reference).median.toFixed(2)}x`;
    return `${median(times.ns).toFixed(0).padStart(8)}${ratio.padStart(10)}${`${median(times.heap).toFixed(0)} B`.padStart(14)}`;
  });
  return `${name.padEnd(20)}${size.toFixed(0).padStart(6)} B${columns.join("")}  ${note ?? ""}`.trimEnd();
}

function barLine(bar: Bar): string {
  const value = bar.value === undefined ? "absent" : `${bar.value.toFixed(2)}${bar.limit === 16 ? " B" : "x"}`;
  return `${bar.label.padEnd(60)}${value.padStart(10)}  bar ${bar.most ? "<=" : ">="} ${bar.limit}  ${holds(bar) ? "ok" : "MISSED"}`;
}

main().then((status) => {
  process.exitCode = status;
});
