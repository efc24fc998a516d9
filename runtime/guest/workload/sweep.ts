import type { Workload } from "./workload.ts";

/** All pages in order, for ever. */
export const sweep: Workload<object> = { store: "page", order: (_, pages) => (n) => n % pages };
