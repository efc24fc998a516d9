// Which policies end a move of a guest that writes faster than the line carries, and what each takes from the guest:
// `npm run bench:convergence [-- --quick]`. A guest of 256 MiB writes to half of them, over a line of 64 MiB a second.
import { parseArgs } from "node:util";
import type { PolicyName } from "../../runtime/migration/convergence/policies.ts";
import { line } from "../measure.ts";
import { tryToMove } from "./move.ts";

const LINE = 64 << 20;
const PAGE = 4096;
const WORKING_SET = { first: 1, pages: (128 << 20) / PAGE };
const POLICY_NAMES = ["none", "qemu-1.6", "qemu-2.5", "writer-limit"] as const satisfies readonly PolicyName[];
const FACTORS = [0.5, 1, 2, 10, 100];
/** Ms. */
const [LIMIT, LONGEST, PATIENCE] = [300, 10_000, 60_000];
/** Ms that the guest is left alone, to see what it does then. */
const ALONE = 1000;

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const isQuick = values.quick === true;

interface Cell {
  readonly factor: number;
  readonly policy: PolicyName;
  readonly ends: boolean;
  /** Ms. */
  readonly total: number;
  readonly pause: number;
  readonly passes: number;
  /** The share of what the guest would have done meanwhile. */
  readonly lost: number;
}

async function measure(factor: number, policy: PolicyName): Promise<Cell> {
  const { source, destination } = await tryToMove({
    ram: [{ id: "pc.ram", size: 256 << 20 }],
    workload: { name: "sweep" },
    workingSet: WORKING_SET,
    rate: (factor * LINE) / PAGE,
    initial: "random",
    policy,
    bandwidth: LINE,
    runs: ALONE,
    givesUpAfter: isQuick ? PATIENCE / 3 : PATIENCE,
    verify: false,
    parameters: { downtimeLimit: LIMIT },
  });
  const { before } = source;
  const after = destination?.ran ?? { at: before.at + source.total, work: source.work };
  // What it does alone is measured: the machine may be too slow for its rate.
  const alone = Number(before.work) / ALONE;
  const total = after.at - before.at;
  const done = Number(after.work) - Number(before.work);
  return {
    factor,
    policy,
    ends: destination !== undefined,
    total,
    pause: source.pause?.milliseconds ?? Number.NaN,
    passes: source.query.ram["dirty-sync-count"],
    lost: Math.max(0, 1 - done / (alone * total)),
  };
}

function print({ factor, policy, ends, total, pause, passes, lost }: Cell): void {
  const pauseText = ends ? `${pause.toFixed(0)} ms` : "-";
  const cells = [ends ? "ends" : "no end", `${(total / 1000).toFixed(1)} s`, pauseText, `${passes}`, `${(lost * 100).toFixed(1)} %`];
  const work = `${((lost * total) / 1000).toFixed(2)} s`;
  console.log(`${`${factor} x`.padStart(7)}  ${policy.padEnd(14)}${[...cells, work].map((cell) => cell.padStart(10)).join("")}`);
}

/** S of its work that a guest has lost at the end; for one that never got there, what it had lost when it was given up. */
function workLost({ lost, total }: Cell): number {
  return (lost * total) / 1000;
}

async function main(): Promise<void> {
  const factors = isQuick ? [0.5, 2, 100] : FACTORS;
  const names = isQuick ? (["qemu-2.5", "writer-limit"] as const) : POLICY_NAMES;
  console.log(` writes  policy        ${["", "total", "pause", "syncs", "lost", "of work"].map((head) => head.padStart(10)).join("")}`);
  const cells: Cell[] = [];
  for (const factor of factors) {
    for (const policy of names) {
      const cell = await measure(factor, policy);
      print(cell);
      cells.push(cell);
    }
  }
  const ours = cells.filter(({ policy }) => policy === "writer-limit");
  const theirs = cells.filter(({ policy }) => policy === "qemu-2.5");
  const most = (of: (cell: Cell) => number): number => Math.max(...ours.map(of));
  const fastest = ours.find(({ factor }) => factor === 100)?.total ?? Number.NaN;
  // Where neither has to slow the guest down, the pauses are what is left to compare, and they are noise.
  const more = Math.max(...ours.map((cell, at) => workLost(cell) - workLost(theirs[at] ?? cell)));
  const bars: readonly (readonly [string, number, string, number])[] = [
    ["moves of writer-limit that do not end", ours.filter(({ ends }) => !ends).length, "", 0],
    ["writer-limit at 100 x", fastest / 1000, "s", LONGEST / 1000],
    ["longest pause of writer-limit", most(({ pause }) => pause), "ms", LIMIT],
    ["work lost, writer-limit more than qemu-2.5, worst", more, "s", LIMIT / 1000],
  ];
  for (const [label, value, unit, bar] of bars) console.log(line(label, value, unit, `<= ${bar} ${unit}`, value <= bar));
  process.exitCode = bars.every(([, value, , bar]) => value <= bar) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
