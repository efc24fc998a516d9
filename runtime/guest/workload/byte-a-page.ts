import type { Workload } from "./workload.ts";

/** QEMU's boot block: adds one to a byte of each page in order, for ever. Hardly more can be made dirty in a time. */
export const byteAPage: Workload<object> = { store: "byte", order: (_, pages) => (n) => n % pages };
