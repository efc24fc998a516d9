// Speed of the work on streams beside QEMU's analyser and cat: `npm run bench:stream [-- --peer SCRIPT] [--rounds N]`. Medians and ratios;
// what is compared is run in turn, on files in the page cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inTurn, line, median } from "../measure.ts";
import { writeSynthetic } from "./synthetic.ts";

const { values } = parseArgs({ options: { peer: { type: "string" }, rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? "9");
const peer = values.peer !== undefined && existsSync(values.peer) ? values.peer : undefined;
// On a disk, as users have them: its page cache is read several times as fast as memory that passes for a file system.
const folder = mkdtempSync(join(tmpdir(), "vmstate-bench-"));
const REAL = "fixtures/streams/10.0-pc-i440fx-2.12-stopped.mig.gz";
/** MiB of guest, and seconds beyond a start of node. */
const GUESTS = [
  { mib: 256, bar: 60 },
  { mib: 1024, bar: 200 },
] as const;
const missed: string[] = [];

try {
  for (const { mib, bar } of GUESTS) measure(mib, bar);
} finally {
  rmSync(folder, { recursive: true });
}
console.log(missed.length === 0 ? "every bar that could be measured holds" : `missed: ${missed.join(", ")}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function measure(mib: number, bar: number): void {
  const path = join(folder, `${mib}.mig`);
  writeSynthetic(path, REAL, mib);
  const stream = (...args: string[]) => run(process.execPath, ["dist/vmstate.cjs", "stream", ...args, path]);
  const times = inTurn(rounds, {
    bare: () => run(process.execPath, ["-e", "0"]),
    info: () => stream("info"),
    devices: () => stream("decode", "--no-ram"),
    digest: () => stream("info", "--digest"),
    cat: () => run("cat", [path]),
    start: () => peer !== undefined && run("python3", ["-c", "import argparse, collections, json, os, struct, sys"]),
    peer: () => peer !== undefined && run("python3", [peer, "-f", path]),
  });
  const beyond = (name: "info" | "devices" | "digest"): number => median(times[name].map((time, at) => time - (times.bare[at] ?? 0)));
  for (const name of ["info", "devices"] as const) {
    const label = `${mib} MiB, ${name === "info" ? "info" : "decode --no-ram"}, beyond a start of node`;
    say(label, beyond(name), "ms", `<= ${bar} ms`, beyond(name) <= bar);
  }
  if (peer === undefined) console.log("peer absent: analyze-migration.py (--peer SCRIPT)");
  else {
    const theirs = median(times.peer.map((time, at) => time - (times.start[at] ?? 0)));
    say(
      `${mib} MiB, decode --no-ram, times faster than the script`,
      theirs / beyond("devices"),
      "x",
      ">= 5 x",
      theirs / beyond("devices") >= 5,
    );
  }
  const share = median(times.cat) / beyond("digest");
  say(`${mib} MiB, pages hashed, of cat's speed`, share, "x", ">= 0.5 x", share >= 0.5);
  for (const args of [["info"], ["decode", "--no-ram"], ["info", "--digest"], ["decode"]]) {
    const most = memoryOf(["stream", ...args, path]);
    say(`${mib} MiB, ${args.join(" ")}, memory`, most, "MB", "<= 100 MB", most <= 100);
  }
}

function memoryOf(args: readonly string[]): number {
  const file = join(folder, "memory");
  const env = { ...process.env, VMSTATE_MEMORY: file };
  spawnSync(process.execPath, ["-r", "./dist/stream-print-memory.cjs", "dist/vmstate.cjs", ...args], { stdio: "ignore", env });
  return Number(readFileSync(file, "utf8")) / 1000;
}

function say(label: string, value: number, unit: string, bar: string, holds: boolean): void {
  console.log(line(label, value, unit, bar, holds));
  if (!holds) missed.push(label);
}

function run(program: string, args: readonly string[]): void {
  const { error, status } = spawnSync(program, args, { stdio: "ignore" });
  if (error !== undefined || status !== 0) throw error ?? new Error(`${program} ${args.join(" ")} ended with ${status}.`);
}
