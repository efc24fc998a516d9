import { join } from "node:path";
import { seededNumbers } from "../../../runtime/migration/proof/link-faults.ts";
import type { EndOptions } from "./end.ts";
import { type Harm, TIMEOUT } from "./harm.ts";
import type { Places } from "./suffer.ts";

const MEMORY = 16 << 20;

/** The lower byte of cpu/env.fpregs_format_vmstate, which is to be 0. */
const FPREGS_FORMAT = { device: "cpu", at: 155, bits: 1 };

/** A machine type and a capture of it, and another of each. */
const MACHINE = ["pc-i440fx-2.2", "5.2-pc-i440fx-2.2-virtio-blk.mig.gz", "5.2-pc-i440fx-2.2-cd-ejected.mig.gz"] as const;
const OTHER_MACHINE = ["pc-i440fx-2.1", "5.2-pc-i440fx-2.1-ib700.mig.gz"] as const;

/** What the two processes of a move are started with; `line` is where the source connects to. */
export function endOptions(
  seed: number,
  { refusal, isPostcopy, isTcp }: Harm,
  folder: string,
  line: string,
  { machines }: Places,
): Record<"source" | "destination", EndOptions> {
  const random = seededNumbers(~seed);
  const [machine, capture, otherCapture] = MACHINE;
  const common: Omit<EndOptions, "role" | "address" | "record"> = {
    move: seed.toString(16).padStart(32, "0"),
    machine,
    capture: join(machines, capture),
    memory: MEMORY,
    initial: random() < 0.7 ? "random" : "zero",
    workload: random() < 0.5 ? { name: "sweep" } : { name: "zipf" },
    rate: 2000,
    seed,
    parameters: { timeout: TIMEOUT, retries: 2, maxBandwidth: 48 << 20, postcopy: isPostcopy },
  };
  const source: EndOptions = {
    ...common,
    role: "source",
    address: line,
    record: join(folder, "source"),
    ...(isPostcopy ? { postcopyAfter: 50 + random() * 200 } : {}),
    ...(refusal === "value" ? { spoils: FPREGS_FORMAT } : {}),
  };
  const destination: EndOptions = {
    ...common,
    role: "destination",
    address: isTcp ? "tcp:127.0.0.1:0" : `unix:${join(folder, "destination-line")}`,
    record: join(folder, "destination"),
    ...(refusal === "device" ? { capture: join(machines, otherCapture) } : {}),
    ...(refusal === "memory" ? { memory: 2 * MEMORY } : {}),
    ...(refusal === "machine" ? { machine: OTHER_MACHINE[0], capture: join(machines, OTHER_MACHINE[1]) } : {}),
  };
  return { source, destination };
}
