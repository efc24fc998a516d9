// Speed of the checker beside QEMU's own: `npm run bench [-- --peer SCRIPT] [--rounds N]`. Medians and ratios; the machine's own speed
// drifts, so everything that is compared is run in turn.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare, parse } from "../compiler/check/index.ts";
import { multiply, REAL, readDump, writeBuilds, writeDumps } from "./corpus.ts";
import { inTurn, line, median } from "./measure.ts";

const { values } = parseArgs({ options: { peer: { type: "string" }, rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? "15");
const peer = values.peer ?? process.env.VMSTATE_PEER_CHECKER;
const script = peer !== undefined && existsSync(peer) ? peer : undefined;
const folder = mkdtempSync(join(tmpdir(), "vmstate-bench-"));
const missed: string[] = [];
const WARM = 10;
const PEER_ABSENT = "peer absent: vmstate-static-checker.py (--peer SCRIPT)";

try {
  const dumps = writeDumps(folder);
  wholeProcess(dumps);
  inProcess(dumps);
  matrix();
  growth();
} finally {
  rmSync(folder, { recursive: true });
}
console.log(missed.length === 0 ? "every bar that could be measured holds" : `missed: ${missed.join(", ")}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function say(label: string, value: number, unit: string, bar: string, holds: boolean): void {
  console.log(line(label, value, unit, bar, holds));
  if (!holds) missed.push(label);
}

function wholeProcess(dumps: { old: string; new: string }): void {
  const times = inTurn(rounds, {
    bare: () => run(process.execPath, ["-e", "0"]),
    check: () => run(process.execPath, ["dist/vmstate-check.cjs", dumps.old, dumps.new, "--config", "none"]),
  });
  const over = median(times.check.map((time, at) => time - (times.bare[at] ?? 0)));
  say("whole process, one pair, over a bare start of node", over, "ms", "<= 25 ms", over <= 25);
}

/** The peer's work is what it takes beyond the start of its interpreter with the same imports; one direction a run, so two runs. */
function inProcess(dumps: { old: string; new: string }): void {
  const [old, new_] = REAL.map(readDump) as [Buffer, Buffer];
  // Positions are looked up when they are read, so all of them are.
  const ours = (): number =>
    compare(parse(old, "old"), parse(new_, "new")).findings.reduce((sum, at) => sum + (at.old?.line ?? 0) + (at.new?.line ?? 0), 0);
  for (let warm = 0; warm < 100; warm++) ours();
  const works = {
    // Ten times a round, so that what the peer left in the processor's caches is not our time.
    ours: () => {
      for (let nth = 0; nth < WARM; nth++) ours();
    },
    start: () => script !== undefined && run("python3", ["-c", "import argparse, json, sys"]),
    forward: () => script !== undefined && run("python3", [script, "-s", dumps.old, "-d", dumps.new]),
    backward: () => script !== undefined && run("python3", [script, "-s", dumps.old, "-d", dumps.new, "--reverse"]),
  };
  const times = inTurn(rounds * 2, works);
  const own = median(times.ours) / WARM;
  console.log(`in process, warm, bytes to findings of both directions: ${own.toFixed(1)} ms`);
  if (script === undefined) {
    console.log(PEER_ABSENT);
    return;
  }
  const theirs = median(times.forward) + median(times.backward) - 2 * median(times.start);
  console.log(`the script's work beyond its interpreter's start, two runs: ${theirs.toFixed(1)} ms`);
  say("in process, times faster than the script", theirs / own, "x", ">= 3 x", theirs / own >= 3);
}

function matrix(): void {
  const builds = writeBuilds(join(folder, "builds"), 20);
  const works = { ours: () => run(process.execPath, ["dist/vmstate.cjs", "matrix", join(folder, "builds"), "--fail-on", "never"]) };
  const own = median(inTurn(3, works).ours);
  say("matrix of 20 dumps of 20 contents, whole process", own, "ms", "<= 2000 ms", own <= 2000);
  if (script === undefined) {
    console.log(PEER_ABSENT);
    return;
  }
  // A pair at a time, each in both directions; a sample of the 190 pairs stands for all.
  const sample = builds.slice(0, 5).map((path, at) => [path, builds[19 - at] ?? path] as const);
  const each = inTurn(2, {
    theirs: () => {
      for (const [a, b] of sample) for (const reverse of [[], ["--reverse"]]) run("python3", [script, "-s", a, "-d", b, ...reverse]);
    },
  });
  const theirs = (median(each.theirs) / sample.length) * 190;
  say("matrix, times faster than the script pair by pair", theirs / own, "x", ">= 3 x", theirs / own >= 3);
}

function growth(): void {
  const [one, ten] = [1, 10].map((times) => REAL.map((name) => multiply(readDump(name), times)));
  const work =
    (pair: readonly Buffer[] = []) =>
    (): void =>
      void compare(parse(pair[0] ?? Buffer.alloc(0), "old"), parse(pair[1] ?? Buffer.alloc(0), "new"));
  for (let warm = 0; warm < 30; warm++) work(one)();
  // As many sections in either work.
  const tenOnes = (): void => {
    for (let nth = 0; nth < 10; nth++) work(one)();
  };
  const times = inTurn(rounds, { one: tenOnes, ten: work(ten) });
  const ratio = (10 * median(times.ten)) / median(times.one);
  say("growth: time for 10 times the sections", ratio, "x", "<= 12 x", ratio <= 12);
}

function run(program: string, args: readonly string[]): void {
  const { error, signal } = spawnSync(program, args, { stdio: "ignore" });
  if (error !== undefined || signal !== null) throw error ?? new Error(`${program} was ended by ${signal}.`);
}
