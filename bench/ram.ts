// Speed of the page kernel beside C and `cat`: `npm run bench:ram [-- --rounds N] [--node PATH]`.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pairedRatio } from "./codec/statistics.ts";
import { line, median } from "./measure.ts";
import { CHANGES, DENSITIES, type Inputs, writeInputs } from "./ram/inputs.ts";

const [HOT, COLD] = [1 << 18, 192 << 20];

const { values } = parseArgs({ options: { rounds: { type: "string" }, node: { type: "string" } } });
const rounds = Number(values.rounds ?? "9");
const node = values.node ?? process.execPath;

interface Work {
  readonly label: string;
  readonly args: readonly [name: string, given: string];
  /** What the peer does for it, where that has another name. */
  readonly against?: string;
  /** Most times of the peer's time; without one it is only shown. */
  readonly limit?: number;
}

function works({ bitmap, pairs }: Inputs): Work[] {
  return [
    { label: "zero pages, 256 KiB", args: ["zero", `${HOT}`], limit: 1 / 0.8 },
    { label: "zero pages, 192 MiB", args: ["zero", `${COLD}`], limit: 1 / 0.8 },
    // Vectors of 512 bits read more at once than those of 128 that WebAssembly has.
    { label: "zero pages, 256 KiB, C for wide vectors", args: ["zero", `${HOT}`], against: "wide" },
    { label: "zero pages, 192 MiB, C for wide vectors", args: ["zero", `${COLD}`], against: "wide" },
    ...DENSITIES.map((density): Work => ({ label: `dirty bitmap, ${density} %`, args: ["scan", bitmap(density)], limit: 1.5 })),
    ...CHANGES.map(({ name, runs }): Work => ({ label: `xbzrle encode, ${runs} runs a page`, args: ["encode", pairs(name)], limit: 1.5 })),
    // Of a page with few runs, the call into the module is half the time.
    ...CHANGES.map(({ name, runs }): Work => ({ label: `xbzrle decode, ${runs} runs a page`, args: ["decode", pairs(name)] })),
  ];
}

/** In nanoseconds, of one process; `result` must be the same for all that do the same work. */
function run(command: string, args: readonly string[]): { readonly ns: number; readonly result: number } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  return JSON.parse(stdout) as { ns: number; result: number };
}

function child(args: readonly string[]): { readonly ns: number; readonly result: number } {
  return run(node, ["dist/ram-child.cjs", ...args]);
}

/** The peer, compiled; undefined without a compiler. */
function compilePeer(folder: string): string | undefined {
  const peer = join(folder, "peer");
  const { status, error, stderr } = spawnSync("cc", ["-O3", "-march=native", "-o", peer, "bench/ram/peer.c"], { encoding: "utf8" });
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(stderr);
  return peer;
}

/** Of `cat`, without what it takes to start. */
function timeCat(file: string): number {
  const sink = openSync("/dev/null", "w");
  const time = (from: string): number => {
    const start = performance.now();
    spawnSync("cat", [from], { stdio: ["ignore", sink, "inherit"] });
    return (performance.now() - start) * 1e6;
  };
  const times = [1, 2, 3].map(() => time(file) - time("/dev/null"));
  closeSync(sink);
  return median(times);
}

/** A round is each work once, ours and the peer's in turn, every other round the other way about. */
function measure(inputs: Inputs, peer: string | undefined): boolean {
  const all = works(inputs);
  const ours = all.map((): number[] => []);
  const theirs = all.map((): number[] => []);
  const files = { hash: [] as number[], read: [] as number[], readHash: [] as number[], cat: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const [index, { label, args, against = args[0] }] of all.entries()) {
      const first = peer !== undefined && round % 2 === 1 ? run(peer, [against, args[1]]) : undefined;
      const own = child(args);
      const other = first ?? (peer === undefined ? undefined : run(peer, [against, args[1]]));
      ours[index]?.push(own.ns);
      if (other === undefined) continue;
      if (other.result !== own.result) throw new Error(`${label}: ${own.result}, and the peer has ${other.result}.`);
      theirs[index]?.push(other.ns);
    }
    files.hash.push(child(["hash", inputs.pages]).ns);
    files.cat.push(timeCat(inputs.large));
    files.read.push(child(["read", inputs.large]).ns);
    files.readHash.push(child(["read-hash", inputs.large]).ns);
  }
  const compared = all.map(({ label, limit }, index) => {
    const [own, other] = [ours[index] ?? [], theirs[index] ?? []];
    const ratio = other.length === 0 ? Number.NaN : pairedRatio(own, other).median;
    console.log(
      `${label.padEnd(42)}${(median(own) / 1000).toFixed(1).padStart(9)} us, C ${(median(other) / 1000).toFixed(1).padStart(8)} us`,
    );
    return { label, limit, ratio };
  });
  const bars = compared.flatMap(({ label, limit, ratio }) => (limit === undefined ? [] : [{ label, limit, ratio }]));
  for (const { label, limit, ratio } of bars) console.log(line(`${label}, beside C`, ratio, "x", `<= ${limit}`, ratio <= limit));
  for (const { label, limit, ratio } of compared)
    if (limit === undefined) console.log(`${label.padEnd(58)}${ratio.toFixed(2).padStart(9)} x`);
  const speed = (times: readonly number[], bytes: number): number => bytes / median(times);
  const gb = (times: readonly number[]): string => speed(times, inputs.largeBytes).toFixed(1);
  const hot = speed(files.hash, HOT);
  const beside = pairedRatio(files.cat, files.readHash).median;
  console.log(line("hash, 256 KiB", hot, "GB/s", ">= 12 GB/s", hot >= 12));
  console.log(
    `512 MiB from the page cache: cat ${gb(files.cat)} GB/s, read ${gb(files.read)} GB/s, read and hash ${gb(files.readHash)} GB/s`,
  );
  console.log(line("speed of read and hash beside cat", beside, "x", ">= 0.5", beside >= 0.5));
  return bars.every(({ limit, ratio }) => ratio <= limit) && hot >= 12 && beside >= 0.5;
}

const inputs = writeInputs();
try {
  const peer = compilePeer(inputs.folder);
  if (peer === undefined) console.log("peer absent: there is no C compiler");
  console.log(`${rounds} rounds, a process each; medians, and of the ratios of our time to that of C in the same round`);
  process.exitCode = measure(inputs, peer) ? 0 : 1;
} finally {
  rmSync(inputs.folder, { recursive: true });
}
