// Whether the pause is as long as it is said to be, and no longer than it may be: `npm run bench:downtime [-- --runs N]`. What a guest feels is
// the largest gap between its own ticks, which come every 0.5 ms; where that is none of the pause, the machine was busy with something else.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { WorkloadSpec } from "../../runtime/guest/workload/index.ts";
import type { Span } from "../../runtime/migration/ledger.ts";
import { line, median } from "../measure.ts";
import { moveBetweenProcesses } from "./move.ts";

/** Ms. */
const [LIMIT, MEDIAN_BAR, TAIL_BAR, UNDER_BAR] = [300, 2, 5, 10];
/** Page writes a second that make a MiB a second. */
const MIB_A_SECOND = 256;
const PAGES = (256 << 20) / 4096;

const WRITERS: Readonly<Record<string, { readonly workload: WorkloadSpec; readonly rate?: number }>> = {
  idle: { workload: { name: "idle" } },
  light: { workload: { name: "sweep" }, rate: 15 * MIB_A_SECOND },
  medium: { workload: { name: "sweep" }, rate: 200 * MIB_A_SECOND },
  heavy: { workload: { name: "sweep" } },
};

const { values } = parseArgs({ options: { runs: { type: "string" } } });
const runs = Number(values.runs ?? "100");

interface Run {
  readonly reported: number;
  readonly seen: number;
  /** Whether what was seen is the pause. */
  readonly isPause: boolean;
  readonly spans: readonly Span[];
}

async function measure(name: string): Promise<Run> {
  const { source, destination } = await moveBetweenProcesses({
    ...WRITERS[name],
    workload: WRITERS[name]?.workload ?? { name: "idle" },
    ram: [{ id: "pc.ram", size: 256 << 20 }],
    workingSet: { first: 1, pages: PAGES / 2 },
    initial: "random",
    writers: Math.max(1, availableParallelism() - 1),
    capture: "fixtures/machines/5.2-pc-i440fx-2.2-smp-4.mig.gz",
    verify: false,
    runs: 100,
  });
  if (source.pause === undefined) throw new Error("The source says nothing of the pause.");
  const { milliseconds, spans } = source.pause;
  const { largestGapMs, at } = destination.stall;
  const [from, to] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 0];
  return { reported: milliseconds, seen: largestGapMs, isPause: at < to && at + largestGapMs > from, spans };
}

function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

function ms(value: number): string {
  return value.toFixed(1).padStart(8);
}

function printWhere(name: string, all: readonly Run[]): void {
  const phases = new Map<string, number[]>();
  for (const [at, { spans }] of all.entries()) {
    for (const { actor, phase, from, to } of spans) {
      const sums = phases.get(`${actor} ${phase}`) ?? all.map(() => 0);
      sums[at] = (sums[at] as number) + to - from;
      phases.set(`${actor} ${phase}`, sums);
    }
  }
  console.log(`  ${name}: ${[...phases].map(([phase, sums]) => `${phase} ${median(sums).toFixed(2)}`).join(", ")}`);
}

async function main(): Promise<void> {
  const names = Object.keys(WRITERS);
  const byName = new Map(names.map((name) => [name, [] as Run[]]));
  for (let run = 0; run < runs; run++) {
    const name = names[run % names.length] as string;
    byName.get(name)?.push(await measure(name));
  }
  console.log("ms, medians (largest)  reported           seen    said - seen: median     5 %    95 %   gaps that are no pause");
  for (const [name, all] of byName) {
    const errors = all.filter(({ isPause }) => isPause).map(({ reported, seen }) => reported - seen);
    const both = ([(run: Run) => run.reported, (run: Run) => run.seen] as const).map((of) => {
      const each = all.map(of);
      return `${ms(median(each))} (${Math.max(...each).toFixed(0)})`;
    });
    const shares = [median(errors), share(errors, 0.05), share(errors, 0.95)].map(ms);
    console.log(`${name.padEnd(20)} ${both.join("  ")}          ${shares.join("")}      ${all.length - errors.length}`);
  }
  console.log("\nwhere the pause goes, ms by actor and phase, medians:");
  for (const [name, all] of byName) printWhere(name, all);
  console.log();
  const all = [...byName.values()].flat();
  const errors = all.filter(({ isPause }) => isPause).map(({ reported, seen }) => reported - seen);
  const sizes = errors.map(Math.abs);
  const bars: readonly (readonly [string, number, string, number])[] = [
    [`moves of ${runs} whose pause was above ${LIMIT} ms`, all.filter(({ seen }) => seen > LIMIT).length, "", 0],
    ["reported beside seen, median", median(sizes), "ms", MEDIAN_BAR],
    ["reported beside seen, 95 % of them", share(sizes, 0.95), "ms", TAIL_BAR],
    ["reported less than was seen, worst", Math.max(...errors.map((error) => -error)), "ms", UNDER_BAR],
  ];
  for (const [label, value, unit, bar] of bars) console.log(line(label, value, unit, `<= ${bar} ${unit}`, value <= bar));
  process.exitCode = bars.every(([, value, , bar]) => value <= bar) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
