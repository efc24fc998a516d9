import { fixedCost } from "../convergence/switchover.ts";
import type { SourceContext } from "./context.ts";

/** Ms of a pause that no page takes: threads that park, devices, two records on a disk. Until one was measured it is guessed, on the safe side. */
export function fixedCostOf({ measuredCosts }: SourceContext): number {
  return fixedCost(measuredCosts);
}
