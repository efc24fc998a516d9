// Moves that were predicted from a log of what the guest writes to, and are then really done: `npm run bench:predict [-- --count N] [--seed S]`.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readDirtyLog } from "../../runtime/migration/dirty-log/read-dirty-log.ts";
import { type Prediction, predict } from "../../runtime/migration/predict/predict.ts";
import { seededNumbers } from "../../runtime/migration/proof/link-faults.ts";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { inTemporaryFolder } from "../in-temporary-folder.ts";
import { line, median } from "../measure.ts";
import { type MoveOptions, tryToMove } from "./move.ts";

const MIB = 1 << 20;
const PAGE = 4096;
const NAMES = ["idle", "sweep", "uniform", "zipf", "hot-and-cold", "bursts", "byte-a-page"] as const;
const [MEDIAN_BAR, TAIL_BAR] = [0.1, 0.25];
/** Ms: of the log, of its epochs, and after which a move is one that does not end. */
const [LOGGED, PERIOD, PATIENCE] = [6000, 20, 20_000];

const { values } = parseArgs({ options: { count: { type: "string" }, seed: { type: "string" } } });
const [count, seed] = [Number(values.count ?? "100"), Number(values.seed ?? process.env.VMSTATE_SEED ?? "1")];

interface Case {
  readonly name: (typeof NAMES)[number];
  readonly mib: number;
  readonly workingSet: number;
  /** Pages written to in a second. */
  readonly rate: number;
  readonly bandwidth: number;
  readonly downtimeLimit: number;
}

interface Outcome {
  readonly drawn: Case;
  readonly predicted: Prediction;
  readonly ends: boolean;
  /** Ms. */
  readonly total: number;
  readonly downtime: number;
}

function draw(random: () => number): Case {
  const of = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const mib = of([64, 96, 128]);
  const bandwidth = (32 + random() * 224) * MIB;
  return {
    name: of(NAMES),
    mib,
    workingSet: Math.floor((mib * MIB * (0.05 + 0.85 * random())) / PAGE),
    // Up to what the line carries: then whether the move ends is up to the working set, and how often a page is written to again.
    rate: Math.floor(random() ** 2 * (bandwidth / PAGE)) + 50,
    bandwidth,
    downtimeLimit: 50 + Math.floor(random() * 450),
  };
}

function optionsOf({ name, mib, workingSet, rate, bandwidth, downtimeLimit }: Case, round: number): MoveOptions {
  return {
    ram: [{ id: "pc.ram", size: mib * MIB }],
    workload: { name },
    workingSet: { first: 1, pages: workingSet },
    rate,
    initial: "random",
    seed: round + 1,
    bandwidth,
    policy: "none",
    parameters: { downtimeLimit },
    runs: 200,
    verify: false,
    showsEvents: true,
    givesUpAfter: PATIENCE,
  };
}

interface Costs {
  readonly fixed: number;
  readonly expectedFixed: number;
}

/** What the engine expects beside records. */
const USUAL_COST = 15;
const RECORDS: ReadonlySet<string> = new Set(["record", "give", "take"]);

/** Ms of a pause of this machine that no byte takes, from moves of guests that have nothing to send in it; and as the engine expects it. */
async function measureCosts(): Promise<Costs> {
  const [pauses, records]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    const { source } = await tryToMove({ ram: [{ id: "pc.ram", size: 64 * MIB }], workload: { name: "idle" }, verify: false, runs: 300 });
    pauses.push(source.pause?.milliseconds ?? Number.NaN);
    const spans = source.pause?.spans ?? [];
    records.push(spans.reduce((sum, { phase, from, to }) => (RECORDS.has(phase) ? sum + to - from : sum), 0));
  }
  return { fixed: median(pauses), expectedFixed: USUAL_COST + median(records) };
}

async function measure(drawn: Case, round: number, costs: Costs, file: string): Promise<Outcome> {
  const { source, events } = await tryToMove({ ...optionsOf(drawn, round), log: { file, milliseconds: LOGGED, period: PERIOD } });
  const begin = events.find((event) => event.status === "active")?.at as number;
  const end = source.pause?.spans.at(-1)?.to ?? begin + source.total;
  const { bandwidth, downtimeLimit } = drawn;
  const log = readDirtyLog(sourceOfBytes(readFileSync(file)));
  const predicted = predict(log, { bandwidth, downtimeLimit, ...costs, after: begin - source.before.at, within: PATIENCE, seed });
  return { drawn, predicted, ends: source.status === "completed", total: end - begin, downtime: source.pause?.milliseconds ?? Number.NaN };
}

const errorOf = (predicted: number | undefined, real: number): number => Math.abs((predicted ?? Number.NaN) - real) / real;

function print({ drawn, predicted, ends, total, downtime }: Outcome, round: number): void {
  const { name, mib, workingSet, rate, bandwidth, downtimeLimit } = drawn;
  const guest = `${mib} MiB, ${workingSet} pages at ${rate}/s, ${(bandwidth / MIB).toFixed(0)} MiB/s, ${downtimeLimit} ms`;
  const [is, was] = [ends, predicted.ends].map((each) => (each ? "ends" : "no end"));
  const pair = (told: number | undefined, real: number, digits: number): string =>
    `${told?.toFixed(digits) ?? "-"} / ${real.toFixed(digits)}`.padStart(16);
  const both = ends && predicted.ends;
  const percent = both
    ? `${pair(predicted.milliseconds, total, 0)} ${(errorOf(predicted.milliseconds, total) * 100).toFixed(0).padStart(3)} %` +
      `${pair(predicted.downtime, downtime, 0)} ${(errorOf(predicted.downtime, downtime) * 100).toFixed(0).padStart(3)} %`
    : `  told ${was}, ${is}`;
  console.log(`${`${round}`.padStart(3)} ${name.padEnd(13)}${guest.padEnd(58)}${percent}`);
}

function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

async function main(): Promise<void> {
  await inTemporaryFolder(async ({ file }) => {
    const random = seededNumbers(seed);
    const costs = await measureCosts();
    console.log(`seed ${seed}; a pause of this machine takes ${costs.fixed.toFixed(1)} ms beside its bytes`);
    console.log("    guest, line and limit; ms told / ms that it took, in all and of the pause");
    const outcomes: Outcome[] = [];
    for (let round = 0; round < count; round++) {
      const outcome = await measure(draw(random), round, costs, file("log"));
      print(outcome, round);
      outcomes.push(outcome);
    }
    const known = outcomes.filter(({ ends, predicted }) => ends && predicted.ends);
    const wrong = outcomes.filter(({ ends, predicted }) => ends !== predicted.ends).length;
    console.log(`${known.length} end as told, ${outcomes.length - known.length - wrong} do not end as told, ${wrong} otherwise than told`);
    const times = known.map(({ predicted, total }) => errorOf(predicted.milliseconds, total));
    const pauses = known.map(({ predicted, downtime }) => errorOf(predicted.downtime, downtime));
    const bars: readonly (readonly [string, number, number])[] = [
      ["total time, median", median(times), MEDIAN_BAR],
      ["total time, 95 % of them", share(times, 0.95), TAIL_BAR],
      ["downtime, median", median(pauses), MEDIAN_BAR],
      ["downtime, 95 % of them", share(pauses, 0.95), TAIL_BAR],
      ["of all, otherwise than told whether it ends", wrong / outcomes.length, 0.05],
    ];
    for (const [label, value, bar] of bars) console.log(line(label, value * 100, "%", `<= ${bar * 100} %`, value <= bar));
    process.exitCode = bars.every(([, value, bar]) => value <= bar) ? 0 : 1;
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
