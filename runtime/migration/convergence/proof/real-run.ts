import { readFileSync } from "node:fs";
import { QEMU_25_DEFAULTS, type Qemu25Options } from "../qemu-2.5.ts";

/** What QEMU said when the count of its syncs was first seen at `pass`: up to 100 ms after that sync, or in the middle of it. */
export interface SeenPass {
  readonly t_s: number;
  readonly pass: number;
  readonly remaining_bytes: number;
  /** Of the last evaluation. */
  readonly dirty_pages_per_s: number;
  readonly mbit_per_s: number;
  readonly throttle_pct: number;
}

export interface RealRun {
  readonly name: string;
  readonly guest: string;
  readonly options: Qemu25Options;
  /** Without the last of a migration that ended: throttling ends with it. */
  readonly passes: readonly SeenPass[];
}

const OPTIONS: Readonly<Record<string, Partial<Qemu25Options>>> = {
  "tcp autoconv": {},
  "tcp bw64M autoconv": {},
  "tcp bw64M autoconv 50/20": { initial: 50, increment: 20 },
  "tcp bw64M autoconv thr=50%->20": { trigger: 20 },
};

export function realRuns(): readonly RealRun[] {
  const text = readFileSync("fixtures/convergence/qemu-7.2-auto-converge.jsonl", "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => runOf(JSON.parse(line)));
}

function runOf({ name, guest, passes }: { name: string; guest: string; passes: readonly SeenPass[] }): RealRun {
  const options = OPTIONS[name];
  if (options === undefined) throw new Error(`the options of '${name}' are not known`);
  const whileRunning = passes.filter(({ remaining_bytes }) => remaining_bytes > 0);
  return { name, guest, options: { ...QEMU_25_DEFAULTS, ...options }, passes: whileRunning };
}
