import { uniform } from "./uniform.ts";
import type { Workload } from "./workload.ts";

export interface BurstsOptions {
  /** How long it writes, in ms; 50 unless said otherwise. */
  readonly onMs?: number;
  /** How long it rests then; 200 unless said otherwise. */
  readonly offMs?: number;
}

/** Any page, and then for a while none. */
export const bursts: Workload<BurstsOptions> = {
  store: "page",
  order: uniform.order,
  rhythm: ({ onMs = 50, offMs = 200 }) => ({ on: onMs, off: offMs }),
};
