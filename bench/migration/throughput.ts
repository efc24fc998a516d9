// How fast memory moves between two processes, beside C that copies it: `npm run bench:migration [-- --pairs N] [--flat N]`.
import { parseArgs } from "node:util";
import { pairedRatio } from "../codec/statistics.ts";
import { inTemporaryFolder } from "../in-temporary-folder.ts";
import { line, median } from "../measure.ts";
import { compilePeer, type Program, speed } from "./copy-peer.ts";
import { moveBetweenProcesses } from "./move.ts";

/** Of our speed beside the peer's. */
const BAR = 0.5;
/** S, of 1 GiB of zero pages. */
const ZERO_BAR = 0.15;
/** Of a page of the largest memory beside the cheapest one: a small memory pays for the start. */
const FLAT_BAR = 1.25;
const SIZES = [64, 256, 1024, 4096];
const MIB = 1 << 20;
const PAGE = 4096;

const { values } = parseArgs({ options: { pairs: { type: "string" }, flat: { type: "string" } } });
const [pairs, rounds] = [Number(values.pairs ?? "9"), Number(values.flat ?? "3")];

interface Speed {
  /** S from the first page to the guest that runs again. */
  readonly seconds: number;
  /** S until all pages were sent once. */
  readonly firstPass: number;
  readonly bytes: number;
  /** Ms of the processor at the source and at the destination. */
  readonly cpu: readonly [number, number];
}

async function move(mib: number, fill: "zero" | "random"): Promise<Speed> {
  // A block holds 2 GiB at most.
  const ram = Array.from({ length: Math.ceil(mib / 2048) }, (_, at) => ({
    id: at === 0 ? "pc.ram" : `ram${at}`,
    size: Math.min(2048, mib - at * 2048) * MIB,
  }));
  const { source, destination, events } = await moveBetweenProcesses({
    ram,
    fill,
    workload: { name: "idle" },
    verify: false,
    showsEvents: true,
  });
  const at = (is: (event: Readonly<Record<string, unknown>>) => boolean): number | undefined =>
    events.find((event) => event.end === "source" && is(event))?.at as number | undefined;
  const begin = at(({ status }) => status === "active") ?? Number.NaN;
  const end = source.pause?.spans.at(-1)?.to ?? Number.NaN;
  const sent = source.pause?.spans.find(({ phase }) => phase === "ram")?.to ?? Number.NaN;
  const passed = at(({ event, pass }) => event === "MIGRATION_PASS" && pass === 2) ?? sent;
  return {
    seconds: (end - begin) / 1000,
    firstPass: (passed - begin) / 1000,
    bytes: source.query.ram.transferred,
    cpu: [source.cpu, destination.ran.cpu],
  };
}

async function besideC(peer: Program | undefined, address: () => string): Promise<boolean> {
  const [own, other]: [number[], number[]] = [[], []];
  const cpu: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const theirs = async (): Promise<unknown> => peer !== undefined && other.push(await speed(peer, address(), 1024 * MIB));
    if (pair % 2 === 1) await theirs();
    const { seconds, bytes, cpu: both } = await move(1024, "random");
    own.push(bytes / seconds);
    cpu.push(Math.max(...both));
    if (pair % 2 === 0) await theirs();
  }
  const gb = (speeds: readonly number[]): string =>
    `${(median(speeds) / 1e9).toFixed(2)} GB/s (${speeds.map((each) => (each / 1e9).toFixed(1)).join(" ")})`;
  console.log(`1 GiB of random pages: ${gb(own)}; the busier end takes ${median(cpu).toFixed(0)} ms of the processor`);
  if (peer === undefined) return true;
  console.log(`1 GiB of random pages, C: ${gb(other)}`);
  const ratio = pairedRatio(own, other).median;
  console.log(line("1 GiB of random pages, beside C", ratio, "x", `>= ${BAR}`, ratio >= BAR));
  return ratio >= BAR;
}

async function zeros(): Promise<boolean> {
  const seconds: number[] = [];
  for (let round = 0; round < pairs; round++) seconds.push((await move(1024, "zero")).seconds);
  const middle = median(seconds);
  console.log(line("1 GiB of zero pages", middle * 1000, "ms", `<= ${ZERO_BAR * 1000} ms`, middle <= ZERO_BAR));
  return middle <= ZERO_BAR;
}

/** What a page costs must not grow with the memory: sizes in turn, so that a drift of the machine hits all alike. */
async function flat(): Promise<boolean> {
  const costs = SIZES.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [at, mib] of SIZES.entries()) costs[at]?.push(((await move(mib, "random")).firstPass * 1e6) / ((mib * MIB) / PAGE));
  const middles = costs.map(median);
  for (const [at, mib] of SIZES.entries()) console.log(`${mib} MiB, a page`.padEnd(58), `${middles[at]?.toFixed(2).padStart(8)} us`);
  const ratio = (middles.at(-1) ?? Number.NaN) / Math.min(...middles);
  console.log(line("a page of the largest memory beside the cheapest", ratio, "x", `<= ${FLAT_BAR}`, ratio <= FLAT_BAR));
  return ratio <= FLAT_BAR;
}

async function main(): Promise<void> {
  await inTemporaryFolder(async ({ file }) => {
    const peer = compilePeer(file("copy-peer"));
    if (peer === undefined) console.log("peer absent: there is no C compiler");
    let next = 0;
    const holds = [await besideC(peer, () => file(`${next++}.sock`)), await zeros(), await flat()];
    process.exitCode = holds.every(Boolean) ? 0 : 1;
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
