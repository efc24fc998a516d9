import { type BurstsOptions, bursts } from "./bursts.ts";
import { byteAPage } from "./byte-a-page.ts";
import { type HotAndColdOptions, hotAndCold } from "./hot-and-cold.ts";
import { idle } from "./idle.ts";
import { sweep } from "./sweep.ts";
import { uniform } from "./uniform.ts";
import type { Workload } from "./workload.ts";
import { type ZipfOptions, zipf } from "./zipf.ts";

/** A workload by its name, and how it is meant. */
export type WorkloadSpec =
  | { readonly name: "idle" | "sweep" | "uniform" | "byte-a-page" }
  | ({ readonly name: "zipf" } & ZipfOptions)
  | ({ readonly name: "hot-and-cold" } & HotAndColdOptions)
  | ({ readonly name: "bursts" } & BurstsOptions);

const WORKLOADS = { idle, sweep, uniform, zipf, "hot-and-cold": hotAndCold, bursts, "byte-a-page": byteAPage } satisfies Record<
  WorkloadSpec["name"],
  unknown
>;

/** Its options are the spec itself. */
export function workloadOf({ name }: WorkloadSpec): Workload<WorkloadSpec> {
  return WORKLOADS[name] as Workload<WorkloadSpec>;
}
