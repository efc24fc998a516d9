// Real streams of many machines: `npm run make-machine-streams -- OUT [--qemu NAME=PATH]… [--only CASE]… [--seed N]`; also VMSTATE_QEMU.
// Each is made for machine types that send no description and, by the same build with the same arguments, for one that does: its twin.
// OUT/index.jsonl has a line for each file; what a build does not take is told.
import { accessSync, constants } from "node:fs";
import { parseArgs } from "node:util";
import { type Build, findBuilds } from "../runtime/qemu/find-builds.ts";
import { QemuError } from "../runtime/qemu/qemu-error.ts";
import { addStream, beginFolder, keepLastOfEach, type Outcome, tried } from "./made-streams.ts";
import { casesOf } from "./make-machine-streams/cases.ts";
import type { MachineCase } from "./make-machine-streams/machine-case.ts";
import { NotInThisBuild, saveMachine } from "./make-machine-streams/save-machine.ts";

const USAGE = "usage: npm run make-machine-streams -- OUT [--qemu NAME=PATH]… [--only CASE]… [--seed N]";
const TWIN = "pc-i440fx-2.12";
const MACHINES = ["pc-i440fx-2.0", "pc-i440fx-2.1", "pc-i440fx-2.2", TWIN];
/** Of each build: most of the time is spent waiting. */
const AT_ONCE = 2;
/** Runs that a busy machine may spoil, or a QEMU that now and then dies by itself. */
const TRIES = 4;

interface Job {
  readonly build: Build;
  readonly machine: string;
  readonly made: MachineCase;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      qemu: { type: "string", multiple: true },
      only: { type: "string", multiple: true },
      seed: { type: "string", default: "1" },
    },
  });
  const [out] = positionals;
  const seed = Number(values.seed);
  if (out === undefined || !Number.isSafeInteger(seed)) {
    console.error(USAGE);
    return 2;
  }
  const cases = casesOf(seed).filter(({ name }) => values.only?.includes(name) ?? true);
  beginFolder(out, values.only === undefined);
  const builds = await findBuilds(values.qemu ?? []);
  const count = { made: 0, lacking: 0, failed: 0 };
  const workers = builds.flatMap((build) => {
    const machines = MACHINES.filter((machine) => build.machines.includes(machine));
    const jobs = cases.flatMap((made) => machines.map((machine): Job => ({ build, machine, made })));
    return Array.from({ length: AT_ONCE }, async () => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) count[await write(out, job)] += 1;
    });
  });
  await Promise.all(workers);
  keepLastOfEach(out);
  console.log(`${count.made} made, ${count.lacking} not in a build or on this machine, ${count.failed} failed`);
  return count.failed === 0 ? 0 : 1;
}

async function write(out: string, { build, machine, made }: Job): Promise<Outcome> {
  const name = `${build.name}-${machine}-${made.name}`;
  const { accelerator = "tcg", what } = made;
  if (accelerator.startsWith("kvm") && !kvmOpens()) {
    console.log(`${name}  not on this machine: /dev/kvm does not open`);
    return "lacking";
  }
  const make = async (): Promise<void> => {
    const { stream, args } = await saveMachine(build.binary, machine, made);
    addStream(out, { file: `${name}.mig`, build: build.name, machine, what, args, accelerator }, stream);
  };
  // Some builds die over some devices; it is theirs when they do so each time.
  const dies = (error: Error): boolean => error instanceof QemuError && error.code === "exited";
  return tried(name, TRIES, make, (error, isLast) => error instanceof NotInThisBuild || (isLast && dies(error)));
}

function kvmOpens(): boolean {
  try {
    accessSync("/dev/kvm", constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof QemuError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
