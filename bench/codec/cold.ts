// The first load of a whole machine's state in a fresh process, modules and all: `npm run bench:codec:cold [-- --rounds N] [--node PATH]`.
// The generated codecs, bundled as a user would, against the interpreter with the intermediate form as JSON.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { median } from "../measure.ts";
import { type Variant, writeVariants } from "./cold-variants.ts";
import { pairedRatio } from "./statistics.ts";

const { values } = parseArgs({ options: { rounds: { type: "string" }, node: { type: "string" } } });
const rounds = Number(values.rounds ?? "15");
const node = values.node ?? process.execPath;
const AGAINST: Readonly<Record<string, string>> = { generated: "interpreter", "generated, minified": "interpreter, minified" };

const { variants, sections, bytes } = writeVariants("dist/cold");
const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
console.log(`node ${version}, ${sections} sections, ${bytes} bytes of state, ${rounds} rounds, a process each`);
const loaded = new Set(variants.map((variant) => start(variant, "print")));
if (loaded.size !== 1) throw new Error("The variants load different states.");
const times = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const variant of round % 2 === 0 ? variants : variants.toReversed()) times.get(variant.name)?.push(Number(start(variant, "time")));

let missed = false;
console.log("from the end of node's own start to the last state; median ms, and paired with the interpreter: median, 95 % bound");
for (const { name, size } of variants) {
  const own = times.get(name) ?? [];
  const against = AGAINST[name] ?? "interpreter";
  const ratio = pairedRatio(own, times.get(against) ?? []);
  const bar = name in AGAINST ? `  bar <= 1  ${ratio.median <= 1 ? "ok" : "MISSED"}` : "";
  missed ||= name in AGAINST && ratio.median > 1;
  console.log(
    `${name.padEnd(28)}${median(own).toFixed(1).padStart(7)} ms${ratio.median.toFixed(2).padStart(7)}x${(ratio.bound?.toFixed(2) ?? "-").padStart(6)}x${`${(size / 1024).toFixed(0)} KiB`.padStart(10)}${bar}`,
  );
}
process.exitCode = missed ? 1 : 0;

function start({ script }: Variant, what: "time" | "print"): string {
  const run = spawnSync(node, [script, what], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${script} failed:\n${run.stderr}`);
  return run.stdout.trim();
}
