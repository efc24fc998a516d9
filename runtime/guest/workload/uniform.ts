import type { Workload } from "./workload.ts";

/** Any page at any time. */
export const uniform: Workload<object> = { store: "page", order: (_, pages) => (_n, random) => random % pages };
