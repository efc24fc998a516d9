// What a hypervisor's clean-up costs the guest within the pause, and that it costs nothing behind it: `npm run bench:cleanup [-- --pairs N]`.
import { parseArgs } from "node:util";
import { line, median } from "../measure.ts";
import { moveBetweenProcesses } from "./move.ts";

/** Ms that ending the dirty log takes, as it did in KVM for a guest of 8 GiB, and ten times as long. */
const COSTS = [30, 300];
/** Ms that the difference may be off. */
const BAR = 3;

const { values } = parseArgs({ options: { pairs: { type: "string" } } });
const pairs = Number(values.pairs ?? "30");

async function pause(ms: number, eagerCleanup: boolean): Promise<number> {
  const { source } = await moveBetweenProcesses({
    ram: [{ id: "pc.ram", size: 16 << 20 }],
    workload: { name: "idle" },
    // So few bytes are zero pages that the guest is paused before the destination has read any: that would go on beside the clean-up.
    initial: "random",
    verify: false,
    // Both processes have run their code then.
    runs: 300,
    stopDirtyLogCost: { ms, stalls: false },
    // With a longer limit the cost is no reason to wait.
    parameters: { eagerCleanup, downtimeLimit: 1000 },
  });
  return source.pause?.milliseconds ?? Number.NaN;
}

async function main(): Promise<void> {
  let holds = true;
  for (const ms of COSTS) {
    const [eager, deferred]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < pairs; pair++) {
      if (pair % 2 === 1) deferred.push(await pause(ms, false));
      eager.push(await pause(ms, true));
      if (pair % 2 === 0) deferred.push(await pause(ms, false));
    }
    const [before, behind] = [median(eager), median(deferred)];
    const isRight = Math.abs(before - behind - ms) <= BAR;
    holds &&= isRight;
    console.log(`a clean-up of ${ms} ms: the pause takes ${before.toFixed(1)} ms with it, ${behind.toFixed(1)} ms before it`);
    console.log(line("  difference", before - behind, "ms", `${ms} +- ${BAR} ms`, isRight));
  }
  process.exitCode = holds ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
