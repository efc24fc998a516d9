// Real streams of every kind, small: `npm run make-streams -- OUT [--qemu NAME=PATH]… [--only CASE]…`; also VMSTATE_QEMU=NAME=PATH,…
// The machine has 2 MiB and a ROM that holds our own guest and nothing else. OUT/index.jsonl has a line for each file.
import { parseArgs } from "node:util";
import { type Build, findBuilds } from "../runtime/qemu/find-builds.ts";
import { QemuError } from "../runtime/qemu/qemu-error.ts";
import { QmpError } from "../runtime/qemu/qmp-error.ts";
import { addStream, beginFolder, type Outcome, tried } from "./made-streams.ts";
import { CASES } from "./make-streams/cases.ts";
import { makeStream } from "./make-streams/make-stream.ts";
import type { StreamCase } from "./make-streams/stream-case.ts";

const USAGE = "usage: npm run make-streams -- OUT [--qemu NAME=PATH]… [--only CASE]…";

/** Runs that a busy machine, or a QEMU that waits for what only it could bring about, may spoil. */
const TRIES = 3;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { qemu: { type: "string", multiple: true }, only: { type: "string", multiple: true } },
  });
  const [out] = positionals;
  if (out === undefined) {
    console.error(USAGE);
    return 2;
  }
  const cases = CASES.filter(({ name }) => values.only?.includes(name) ?? true);
  beginFolder(out, values.only === undefined);
  let failed = 0;
  for (const build of await findBuilds(values.qemu ?? [])) {
    for (const made of cases) {
      for (const machine of machinesOf(build, made)) {
        if ((await write(out, build, machine, made)) === "failed") failed += 1;
      }
    }
  }
  return failed === 0 ? 0 : 1;
}

/** Writes the files of one case and their lines of the index. A build that was made without something, such as a compression, lacks the case. */
async function write(out: string, build: Build, machine: string, made: StreamCase): Promise<Outcome> {
  const name = `${build.name}-${machine}-${made.name}`;
  const make = async (): Promise<void> => {
    for (const [part, bytes] of await makeStream(build.binary, machine, made)) {
      const file = part === "main" ? `${name}.mig` : `${name}.${part}`;
      addStream(out, { file, build: build.name, machine, what: made.what }, bytes);
    }
  };
  return tried(name, TRIES, make, (error) => error instanceof QmpError && error.code === "refused");
}

/** Those of the case that the build has; none when it lacks a capability. */
function machinesOf(build: Build, { machines = ["pc-i440fx-2.12"], capabilities = [], since }: StreamCase): readonly string[] {
  const needed = since === undefined ? capabilities : [...capabilities, since];
  if (!needed.every((capability) => build.capabilities.includes(capability))) return [];
  const names = machines.map((name) => (name === "newest" ? newest(build.machines) : name));
  return [...new Set(names)].filter((name) => build.machines.includes(name));
}

/** The `pc-i440fx` with the highest version. */
function newest(machines: readonly string[]): string {
  const versions = machines.flatMap((name) => {
    const match = /^pc-i440fx-(\d+)\.(\d+)$/.exec(name);
    return match === null ? [] : [{ name, rank: Number(match[1]) * 1000 + Number(match[2]) }];
  });
  return versions.sort((a, b) => b.rank - a.rank)[0]?.name ?? "";
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof QemuError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
