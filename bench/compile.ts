// Speed of `vmstate compile` as a whole process: `npm run bench:compile [-- --rounds N]`. Medians over descriptors of 60 real devices.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeDescriptors } from "./descriptors.ts";
import { inTurn, line, median } from "./measure.ts";

const DEVICES = 60;

const { values } = parseArgs({ options: { rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? "7");
const command = resolve("dist/vmstate.cjs");
const folder = writeDescriptors(mkdtempSync(join(tmpdir(), "vmstate-bench-compile-")), DEVICES);
symlinkSync(resolve("."), join(folder, "node_modules/vmstate"));
try {
  const times = inTurn(rounds, {
    bare: () => run(["-e", "0"]),
    all: () => {
      for (const made of ["gen", "node_modules/.cache"]) rmSync(join(folder, made), { recursive: true, force: true });
      run([command, "compile"]);
    },
    nothing: () => run([command, "compile"]),
  });
  console.log(`bare start of node: ${median(times.bare).toFixed(0)} ms`);
  const bars = [
    { label: `compiling ${DEVICES} devices and 3 machine types from nothing`, value: median(times.all), bar: 6000 },
    { label: "the same when nothing has changed", value: median(times.nothing), bar: 500 },
  ];
  for (const { label, value, bar } of bars) console.log(line(label, value, "ms", `< ${bar} ms`, value < bar));
  process.exitCode = bars.every(({ value, bar }) => value < bar) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}
