// The long form of the tests: every seeded suite at its full count, in shards whose results are kept, so that a broken run goes on
// where it stopped. `npm run prove [-- --shard I/N] [--fresh] [--seed S]`; ends with a summary.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const STATE = ".prove";
/** The model takes one seed a pair, counting up; shards must not run into each other. */
const SEEDS_A_SHARD = 10_000;

interface Suite {
  readonly name: string;
  /** How the full count is cut; each shard runs with a seed of its own. */
  readonly shards: number;
  /** Test files, with blanks between them; all of them when empty. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Result {
  readonly suite: string;
  readonly shard: number;
  readonly passed: boolean;
  readonly seconds: number;
  /** The lines in which a suite tells its counts. */
  readonly notes: readonly string[];
}

const SUITES: readonly Suite[] = [
  { name: "model: 10,000 pairs", shards: 10, file: "compiler/check/model/model.test.ts", env: { VMSTATE_MODEL_PAIRS: "1000" } },
  { name: "model: planted bugs", shards: 3, file: "compiler/check/model/planted-bugs.test.ts", env: { VMSTATE_MODEL_PAIRS: "1000" } },
  {
    name: "properties, ten times the runs",
    shards: 2,
    file: "compiler/check/properties.test.ts compiler/check/model/independent-faults.test.ts",
    env: { VMSTATE_RUNS: "10" },
  },
  { name: "oracle: 20,000 schemas", shards: 20, file: "compiler/oracle/oracle.test.ts", env: { VMSTATE_SCHEMAS: "1000" } },
  { name: "type check of 1,000 schemas' codecs", shards: 2, file: "compiler/oracle/type-check.test.ts", env: { VMSTATE_TYPED: "500" } },
  { name: "views: 2,000 schemas", shards: 2, file: "compiler/oracle/views.test.ts", env: { VMSTATE_VIEWS: "1000" } },
  { name: "layouts: 2,000 schemas", shards: 2, file: "cli/stream/machine/machine-codec.test.ts", env: { VMSTATE_TRACED: "1000" } },
  { name: "streams: 2,000 flips", shards: 2, file: "runtime/stream/diff/field-proof.test.ts", env: { VMSTATE_FLIPS: "1000" } },
  { name: "machines: test matrices", shards: 1, file: "machines/machines.test.ts", env: { VMSTATE_STATES: "16" } },
  { name: "machines: 2,000 flips", shards: 2, file: "bench/machines/field-proof.test.ts", env: { VMSTATE_FLIPS: "1000" } },
  { name: "streams: 200,000 mutations", shards: 10, file: "runtime/stream/proof/mutations.test.ts", env: { VMSTATE_MUTATIONS: "20000" } },
  { name: "streams: cut anywhere", shards: 1, file: "runtime/stream/proof/truncation.test.ts", env: { VMSTATE_TRUNCATIONS: "all" } },
  { name: "guests: 50 seeds", shards: 1, file: "runtime/guest/synthetic/synthetic-guest.test.ts", env: { VMSTATE_GUESTS: "50" } },
  { name: "migration: 10,000 faults", shards: 10, file: "runtime/migration/faults.test.ts", env: { VMSTATE_FAULTS: "1000" } },
  { name: "migration: markers", shards: 1, file: "runtime/migration/marker.test.ts", env: { VMSTATE_MARKERS: "500" } },
  { name: "migration: 300 real faults", shards: 5, file: "bench/migration/real-faults.test.ts", env: { VMSTATE_REAL_FAULTS: "60" } },
  { name: "all tests", shards: 1, file: "", env: {} },
];

const { values } = parseArgs({ options: { shard: { type: "string" }, fresh: { type: "boolean" }, seed: { type: "string" } } });
const [part, parts] = (values.shard ?? "1/1").split("/").map(Number);
const seed = Number(values.seed ?? "1");
if (part === undefined || parts === undefined || !(part >= 1 && part <= parts)) {
  console.error(`--shard takes I/N with I from 1 to N, not '${values.shard}'.`);
  process.exit(2);
}
if (values.fresh === true) rmSync(STATE, { recursive: true, force: true });
mkdirSync(STATE, { recursive: true });

const jobs = SUITES.flatMap((suite) => Array.from({ length: suite.shards }, (_, shard) => ({ suite, shard }))).filter(
  (_, at) => at % parts === part - 1,
);
const results = jobs.map(({ suite, shard }) => {
  const file = join(STATE, `${suite.name.replace(/\W+/g, "-")}-${shard}-seed${seed}.json`);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Result) : undefined;
  if (kept?.passed === true) return kept;
  const result = runShard(suite, shard);
  writeFileSync(file, JSON.stringify(result));
  console.log(
    `${result.passed ? "ok    " : "FAILED"} ${suite.name}, shard ${shard + 1} of ${suite.shards}, ${result.seconds.toFixed(0)} s`,
  );
  return result;
});

console.log(`\nseed ${seed}, part ${part} of ${parts}`);
for (const suite of SUITES) {
  const own = results.filter((result) => result.suite === suite.name);
  if (own.length === 0) continue;
  console.log(`${suite.name}: ${own.filter(({ passed }) => passed).length} of ${own.length} shards passed`);
  for (const note of own.flatMap(({ notes }) => notes)) console.log(`  ${note}`);
}
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function runShard(suite: Suite, shard: number): Result {
  const start = performance.now();
  const run = spawnSync("npx", ["vitest", "run", ...suite.file.split(" ").filter((file) => file !== "")], {
    encoding: "utf8",
    env: { ...process.env, ...suite.env, VMSTATE_SEED: String((seed * 1000 + shard) * SEEDS_A_SHARD), NO_COLOR: "1" },
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) console.log(run.stdout + run.stderr);
  return {
    suite: suite.name,
    shard,
    passed: run.status === 0,
    seconds: (performance.now() - start) / 1000,
    notes: run.stdout
      .split("\n")
      .filter((text) => /^(model|planted|properties|oracle|views|flips|mutations|faults|marker|real faults): /.test(text)),
  };
}
